using System.Collections.Immutable;

namespace AkiDb.Infra.Components;

/// <summary>Retention periods of CloudWatch Logs.</summary>
public static class LogRetention
{
    /// <summary>The periods that the service takes, in days; any other is refused by it
    /// (PutRetentionPolicy, CloudWatch Logs API reference, read 2026-11).</summary>
    public static ImmutableArray<int> AllowedDays { get; } =
        [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];
}
