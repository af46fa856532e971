using System.Collections.Immutable;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Plan;

/// <summary>One resource that a stack asks for. Compared by content.</summary>
public sealed record PlannedResource
{
    /// <summary>Its name in the engine, parents included.</summary>
    public required ResourceUrn Urn { get; init; }

    /// <summary>Type token, e.g. <c>aws:eks/cluster:Cluster</c>.</summary>
    public string Type => Urn.Type;

    /// <summary>Name in the program; the cloud's own name may differ.</summary>
    public string Name => Urn.Name;

    /// <summary>True where a provider manages it; false for a component, which only groups others.</summary>
    public required bool IsCustom { get; init; }

    /// <summary>URN of the parent; null for the stack itself.</summary>
    public string? Parent { get; init; }

    /// <summary>URN of the provider that manages it; null for components and where the default provider is used.</summary>
    public string? Provider { get; init; }

    /// <summary>AWS region it stands in, e.g. <c>eu-central-1</c>; null where it has none (the stack, or a component over regions).</summary>
    public string? Region { get; init; }

    /// <summary>Inputs by the provider's own (camel-case) names.</summary>
    public MapValue Inputs { get; init; } = MapValue.Empty;

    /// <summary>Options that are set.</summary>
    public PlannedOptions Options { get; init; } = PlannedOptions.None;

    /// <summary>URNs of what must exist first, by dependsOn or by a property, sorted; its parent is not repeated.</summary>
    public ImmutableArray<string> Dependencies { get; init; } = [];

    /// <summary>The input at <paramref name="path"/>, or null; see <see cref="PlanValue.At"/>.</summary>
    public PlanValue? Input(string path) => Inputs.At(path);

    /// <inheritdoc/>
    public bool Equals(PlannedResource? other) => other is not null
        && Urn == other.Urn && IsCustom == other.IsCustom && Parent == other.Parent && Provider == other.Provider
        && Region == other.Region && Inputs.Equals(other.Inputs) && Options.Equals(other.Options)
        && Dependencies.SequenceEqual(other.Dependencies);

    /// <inheritdoc/>
    public override int GetHashCode() => Urn.GetHashCode();
}
