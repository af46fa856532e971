using AkiDb.Local.Traffic;
using AkiDb.Predictor.Replay;

namespace AkiDb.Local.Scoreboard;

/// <summary>How replicas met the traffic.</summary>
/// <param name="Policy">Who decided.</param>
/// <param name="ReplicaHours">Hours of the day times replicas paid for.</param>
/// <param name="MinutesAboveTarget">Minutes of the day whose load was above 80 % of the ready replicas' capacity.</param>
/// <param name="SaturatedMinutes">Minutes of the day whose load was above it.</param>
/// <param name="Changes">Times that another number was decided.</param>
internal sealed record ScalingReport(string Policy, double ReplicaHours, int MinutesAboveTarget, int SaturatedMinutes, int Changes)
{
    /// <summary>Scores what was and what a horizontal pod autoscaler at the same target would have done, by the same rules.</summary>
    /// <param name="settings">Rule and lead time.</param>
    /// <param name="readers">Readers in each minute from the start.</param>
    /// <param name="traffic">Knows the load of each minute.</param>
    /// <param name="start">The first minute.</param>
    /// <returns>Empty for a run of less than two minutes of the day.</returns>
    public static IReadOnlyList<ScalingReport> Compare(
        LocalSettings settings, IReadOnlyList<(int Ready, int Paid, int Wanted)> readers, DayTraffic traffic, DateTimeOffset start)
    {
        var measured = traffic.Known;
        if (readers.Count < 2 || measured.Count == 0)
        {
            return [];
        }

        // A minute that was not measured was as the one before it.
        var load = new double[readers.Count];
        var last = measured.MinBy(minute => minute.Key).Value;
        for (var i = 0; i < load.Length; i++)
        {
            last = measured.GetValueOrDefault(start.AddMinutes(i), last);
            load[i] = last;
        }

        var trace = new ReplayTrace("run", start, load, From: 1);
        var judged = readers.Skip(1).ToList();
        var changes = judged.Zip(judged.Skip(1)).Count(pair => pair.First.Wanted != pair.Second.Wanted);
        var own = PolicyRun.Recorded("predictive", [.. judged.Select(minute => minute.Paid)], [.. judged.Select(minute => minute.Ready)], changes);
        var reactive = PolicyRun.Of(new ReactivePolicy(trace, settings.Rule, settings.Rule.TargetUtilisation), trace, settings.Rule, settings.LeadMinutes);
        return [.. new[] { own, reactive }.Select(run => Make(PolicyScore.Of(run, trace, settings.Rule)))];
    }

    private static ScalingReport Make(PolicyScore score) =>
        new(score.Policy, score.ReplicaHours, score.MinutesAboveTarget, score.SaturatedMinutes, score.Changes);
}
