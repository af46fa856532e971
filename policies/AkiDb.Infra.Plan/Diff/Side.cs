namespace AkiDb.Infra.Plan.Diff;

/// <summary>One of the two plans of a comparison.</summary>
public enum Side
{
    /// <summary>The earlier one.</summary>
    Before,

    /// <summary>The later one.</summary>
    After,
}
