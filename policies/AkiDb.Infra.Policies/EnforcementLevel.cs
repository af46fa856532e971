namespace AkiDb.Infra.Policies;

/// <summary>What a broken rule does; the names are Pulumi's.</summary>
public enum EnforcementLevel
{
    /// <summary>The rule is not asked.</summary>
    Disabled,

    /// <summary>It is told.</summary>
    Advisory,

    /// <summary>It stops a deployment.</summary>
    Mandatory,

    /// <summary>The engine mends it before the resource is made; offline, where nothing can be mended, it blocks.</summary>
    Remediate,
}
