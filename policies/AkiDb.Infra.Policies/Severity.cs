namespace AkiDb.Infra.Policies;

/// <summary>How bad it is if a rule is broken; the order is used for sorting.</summary>
public enum Severity
{
    /// <summary>Untidy.</summary>
    Low,

    /// <summary>Hurts when something else also goes wrong.</summary>
    Medium,

    /// <summary>Hurts by itself.</summary>
    High,

    /// <summary>An open door.</summary>
    Critical,
}
