using System.Diagnostics;
using AkiDb.Infra.Policies;

namespace AkiDb.Benchmarks.Policies;

/// <summary>All rules over a plan in memory.</summary>
internal static class OfflineCheck
{
    public static IReadOnlyList<TimeSpan> Measure(int resources, int rounds)
    {
        var plan = LargePlan.Of(resources);
        var times = new List<TimeSpan>();
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var report = PolicyCheck.Run(plan, new PolicyContext(new DateOnly(2026, 11, 22)));
            times.Add(Stopwatch.GetElapsedTime(start));
            if (report.Violations.IsEmpty)
                throw new InvalidOperationException("The plan has queues without policies; a check that finds nothing has not checked.");
        }

        return times;
    }
}
