namespace AkiDb.Infra.Plan.Diff;

/// <summary>Which side of a resource a change is about.</summary>
public enum ResourcePart
{
    /// <summary>What the provider is asked for.</summary>
    Inputs,

    /// <summary>Resource options such as <c>protect</c>.</summary>
    Options,

    /// <summary>Who manages it and where: <c>provider</c>, <c>parent</c>, <c>region</c>, <c>custom</c>.</summary>
    Placement,

    /// <summary>What must exist first.</summary>
    Dependencies,
}
