using System.Collections.Immutable;
using System.Globalization;
using AkiDb.Contracts;

namespace AkiDb.Predictor.Replay;

/// <summary>Policies on one trace, beside each other.</summary>
internal sealed record ReplayComparison
{
    /// <summary>The trace.</summary>
    public required ReplayTrace Trace { get; init; }

    /// <summary>What a replica serves, and the bounds.</summary>
    public required ReplicaRule Rule { get; init; }

    /// <summary>Minutes from a decision to a ready replica.</summary>
    public required int ProvisioningMinutes { get; init; }

    /// <summary>Fewest replica-hours with which no minute is above target: exact in every minute, without a delay.</summary>
    public required double OracleHours { get; init; }

    /// <summary>Which forecaster served and how good it was; null when none was asked.</summary>
    public string? ForecastNote { get; init; }

    /// <summary>Says that the judged traffic needs more than the most replicas; null where it does not, or was scaled to fit.</summary>
    public string? CapacityNote
    {
        get
        {
            var served = Rule.MaxReplicas * Rule.RequestsPerSecondPerReplica * Rule.TargetUtilisation;
            var beyond = Trace.Qps.Skip(Trace.From).Count(qps => qps > served);
            return Trace.IsScaled || beyond == 0
                ? null
                : string.Create(CultureInfo.InvariantCulture,
                    $"{beyond:#,0} of {Trace.JudgedMinutes:#,0} minutes have more than the {served:0} queries/s that {Rule.MaxReplicas} replicas, the most, serve at target: no policy can meet them, and the oracle is capped too.");
        }
    }

    /// <summary>The policies, in the order they were asked for.</summary>
    public required ImmutableArray<PolicyResult> Results { get; init; }

    /// <summary>Runs policies, and the reactive curve that they are compared with.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="rule">What a replica serves, and the bounds.</param>
    /// <param name="provisioningMinutes">Minutes from a decision to a ready replica.</param>
    /// <param name="policies">Policies that have not run yet.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    public static ReplayComparison Of(
        ReplayTrace trace, ReplicaRule rule, int provisioningMinutes, IEnumerable<IScalingPolicy> policies, int seed = 1)
    {
        var curve = new ReactiveCurve(
            [.. ReplayPolicies.ReactiveTargets.Select(target => PolicyRun.Of(new ReactivePolicy(trace, rule, target), trace, rule, provisioningMinutes))],
            trace, rule);
        return new ReplayComparison
        {
            Trace = trace,
            Rule = rule,
            ProvisioningMinutes = provisioningMinutes,
            OracleHours = trace.Qps.Skip(trace.From).Sum(qps => rule.ReplicasFor(qps) / 60.0),
            Results =
            [
                .. policies.Select(policy => (IsReactive: policy is ReactivePolicy, Run: PolicyRun.Of(policy, trace, rule, provisioningMinutes)))
                    .Select(one => new PolicyResult(
                        one.Run, PolicyScore.Of(one.Run, trace, rule), one.IsReactive ? null : curve.Compare(one.Run, trace, rule, seed))),
            ],
        };
    }
}

/// <summary>One policy of a comparison.</summary>
/// <param name="Run">What it did.</param>
/// <param name="Score">How well.</param>
/// <param name="AgainstReactive">Saving against the reactive curve; null for a point of that curve.</param>
internal sealed record PolicyResult(PolicyRun Run, PolicyScore Score, EqualViolations? AgainstReactive);
