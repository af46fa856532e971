using AkiDb.Infra.Plan.Diff;
using AkiDb.Infra.Policies;

namespace AkiDb.Infra.Cli.PullRequests;

/// <summary>An environment before and after: what changes, and what the rules say of it.</summary>
internal sealed class EnvironmentComparison
{
    /// <summary>Compares two judged plans of one environment.</summary>
    /// <param name="before">The base's; null where the base has no such environment.</param>
    /// <param name="after">The pull request's.</param>
    /// <param name="costUsd">Dollars a month of base and pull request, where they can be estimated.</param>
    public EnvironmentComparison(PolicyReport? before, PolicyReport after, (decimal? Before, decimal? After) costUsd = default)
    {
        After = after;
        CostUsd = costUsd;
        Changes = PlanDiff.Between(before?.Plan ?? after.Plan with { Resources = [] }, after.Plan).Resources;
        var old = before?.Violations.Select(violation => violation.Key).ToHashSet() ?? [];
        var current = after.Violations.Select(violation => violation.Key).ToHashSet();
        New = [.. after.Violations.Where(violation => !old.Contains(violation.Key))];
        Remaining = [.. after.Violations.Where(violation => old.Contains(violation.Key))];
        Fixed = [.. before?.Violations.Where(violation => !current.Contains(violation.Key)) ?? []];
    }

    /// <summary>The pull request's report.</summary>
    public PolicyReport After { get; }

    /// <summary>Dollars a month of base and pull request, where they can be estimated.</summary>
    public (decimal? Before, decimal? After) CostUsd { get; }

    /// <summary>Name of the environment.</summary>
    public string Environment => After.Plan.Stack;

    /// <summary>Resources that differ.</summary>
    public IReadOnlyList<ResourceChange> Changes { get; }

    /// <summary>Violations that the base has not.</summary>
    public IReadOnlyList<RuleViolation> New { get; }

    /// <summary>Violations that both have.</summary>
    public IReadOnlyList<RuleViolation> Remaining { get; }

    /// <summary>Violations that only the base has.</summary>
    public IReadOnlyList<RuleViolation> Fixed { get; }

    /// <summary>True if the pull request brings a violation that blocks.</summary>
    public bool IsBlocking => New.Any(violation => violation.Rule.Blocks);
}
