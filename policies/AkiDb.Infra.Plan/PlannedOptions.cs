using System.Collections.Immutable;

namespace AkiDb.Infra.Plan;

/// <summary>Resource options that change what the engine does with a resource; the rest is part of the URN or the edges.</summary>
public sealed record PlannedOptions
{
    /// <summary>No option set.</summary>
    public static PlannedOptions None { get; } = new();

    /// <summary>The engine refuses to delete it.</summary>
    public bool Protect { get; init; }

    /// <summary>Deleting it from the program leaves it in the cloud.</summary>
    public bool RetainOnDelete { get; init; }

    /// <summary>On a replacement the old one goes first.</summary>
    public bool DeleteBeforeReplace { get; init; }

    /// <summary>Property paths whose changes are not acted on, sorted.</summary>
    public ImmutableArray<string> IgnoreChanges { get; init; } = [];

    /// <summary>Property paths whose changes force a replacement, sorted.</summary>
    public ImmutableArray<string> ReplaceOnChanges { get; init; } = [];

    /// <summary>Properties that are secret whatever the provider says, sorted.</summary>
    public ImmutableArray<string> AdditionalSecretOutputs { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(PlannedOptions? other) => other is not null
        && Protect == other.Protect && RetainOnDelete == other.RetainOnDelete && DeleteBeforeReplace == other.DeleteBeforeReplace
        && IgnoreChanges.SequenceEqual(other.IgnoreChanges) && ReplaceOnChanges.SequenceEqual(other.ReplaceOnChanges)
        && AdditionalSecretOutputs.SequenceEqual(other.AdditionalSecretOutputs);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Protect, RetainOnDelete, DeleteBeforeReplace, IgnoreChanges.Length, ReplaceOnChanges.Length);
}
