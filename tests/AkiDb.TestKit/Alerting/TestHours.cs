using AkiDb.Infra.Components.Observability.Alerting;

namespace AkiDb.TestKit.Alerting;

/// <summary>Working hours that hold, or do not hold, for as long as a test runs, whatever time it is.</summary>
public static class TestHours
{
    // Where it is noon now, nine to six is hours away from its ends.
    public static WorkingHours Of(bool isWorking)
    {
        var now = TimeProvider.System.GetUtcNow();
        var ahead = 12 - now.Hour;
        var noon = now.AddHours(ahead);
        return new WorkingHours
        {
            // POSIX counts these the other way round: GMT-3 is three hours ahead (tzdata, "etcetera").
            TimeZone = ahead == 0 ? "Etc/GMT" : $"Etc/GMT{-ahead:+0;-0}",
            Days = isWorking ? [noon.DayOfWeek] : [noon.AddDays(3).DayOfWeek],
        };
    }
}
