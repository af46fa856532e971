using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies;

/// <summary>What a rule says about one place in a plan.</summary>
/// <param name="Resource">Where.</param>
/// <param name="Path">Input below the resource, as <see cref="AkiDb.Infra.Plan.Values.PropertyPath"/> writes it; empty for the resource as a whole.</param>
public abstract record Finding(PlannedResource Resource, string Path);

/// <summary>The rule is broken.</summary>
/// <param name="Resource">Where.</param>
/// <param name="Path">Input below the resource.</param>
/// <param name="Found">The fact found.</param>
/// <param name="Wanted">The fact wanted.</param>
public sealed record Violation(PlannedResource Resource, string Path, string Found, string Wanted) : Finding(Resource, Path);

/// <summary>The rule needs a value that nobody knows yet: neither passed nor broken.</summary>
public sealed record NotApplicableYet(PlannedResource Resource, string Path) : Finding(Resource, Path)
{
    /// <summary>Why nobody knows, where that can be said; a sentence for people.</summary>
    public string? Why { get; init; }

    /// <summary>The sentence for people.</summary>
    public string Reason => Why ?? $"'{Resource.Name}' {(Path.Length == 0 ? "as a whole" : Path)} is not known yet";
}
