using AkiDb.Contracts;
using AkiDb.Forecasting;

namespace AkiDb.Predictor.Replay;

/// <summary>How well a policy did (forecast-facts §5b). "Target" is the planned load of a replica, "capacity" all it can serve.</summary>
internal sealed record PolicyScore
{
    // Weights of the asymmetric daily cost (forecast-facts §5b): what a saturated replica-hour and a change are worth.
    private const double SaturationWeight = 20;
    private const double ChangeWeight = 0.05;

    /// <summary>Name of the policy.</summary>
    public required string Policy { get; init; }

    /// <summary>Minutes whose load was above target on the replicas that served.</summary>
    public required int MinutesAboveTarget { get; init; }

    /// <summary>Minutes whose load was above capacity.</summary>
    public required int SaturatedMinutes { get; init; }

    /// <summary>Share of the queries that came above capacity, 0 to 1.</summary>
    public required double OverloadedShare { get; init; }

    /// <summary>Replica-hours paid for.</summary>
    public required double ReplicaHours { get; init; }

    /// <summary>Replica-hours over those of the oracle, as a share of the oracle's; below 0 where fewer.</summary>
    public required double OverOracle { get; init; }

    /// <summary>Times that the number was changed.</summary>
    public required int Changes { get; init; }

    /// <summary>How it met the ramps.</summary>
    public required RampScore Ramps { get; init; }

    /// <summary>Mean a day of: replica-hours above what each minute needs, 20 times the saturated ones, 0.05 a change.</summary>
    public required double DailyCost { get; init; }

    /// <summary>Scores a run.</summary>
    public static PolicyScore Of(PolicyRun run, ReplayTrace trace, ReplicaRule rule)
    {
        var load = trace.Qps[trace.From..];
        var need = Array.ConvertAll(load, rule.ReplicasFor);
        var (above, saturated, excess, over, missing) = (0, 0, 0.0, 0.0, 0.0);
        for (var i = 0; i < load.Length; i++)
        {
            var capacity = run.Ready[i] * rule.RequestsPerSecondPerReplica;
            above += load[i] > capacity * rule.TargetUtilisation ? 1 : 0;
            saturated += load[i] > capacity ? 1 : 0;
            excess += Math.Max(0, load[i] - capacity);
            over += Math.Max(0, run.Replicas[i] - need[i]);
            missing += Math.Max(0, (load[i] - capacity) / rule.RequestsPerSecondPerReplica);
        }

        double oracle = need.Sum();
        var days = load.Length / ((double)Minutes.PerDay);
        return new PolicyScore
        {
            Policy = run.Policy,
            MinutesAboveTarget = above,
            SaturatedMinutes = saturated,
            OverloadedShare = excess > 0 ? excess / load.Sum() : 0,
            ReplicaHours = run.Replicas.Sum() / (double)Minutes.PerHour,
            OverOracle = (run.Replicas.Sum() - oracle) / oracle,
            Changes = run.Changes,
            Ramps = RampScore.Of(need, run.Ready),
            DailyCost = ((over / Minutes.PerHour) + (SaturationWeight * missing / Minutes.PerHour) + (ChangeWeight * run.Changes)) / days,
        };
    }
}
