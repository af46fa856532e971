namespace AkiDb.Infra.Plan.Diff;

/// <summary>What happened to a resource or a property between two plans.</summary>
public enum ChangeKind
{
    /// <summary>Only the later plan has it.</summary>
    Added,

    /// <summary>Only the earlier plan has it.</summary>
    Removed,

    /// <summary>Both have it, and not alike.</summary>
    Changed,
}
