using AkiDb.Contracts;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.Predictor;

/// <summary>A Prometheus with five days of readers' traffic that ends now: a day's wave from 3 to 12 replicas, with noise.</summary>
public sealed class TrafficFixture : IAsyncLifetime
{
    public const int Minutes = 5 * 24 * 60;

    public PrometheusServer Prometheus { get; private set; } = null!;

    /// <summary>Start of the first minute.</summary>
    public DateTimeOffset Start { get; private set; }

    /// <summary>Queries a second in each minute.</summary>
    public double[] Qps { get; private set; } = [];

    public async Task InitializeAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        Start = new DateTimeOffset(now.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero).AddMinutes(-Minutes);
        var random = new Random(11);
        // Ten minutes more than now, for tests that take their time.
        Qps = [.. Enumerable.Range(0, Minutes + 10).Select(minute =>
            280 * (7.5 + (4.5 * Math.Sin(2 * Math.PI * minute / 1_440))) * (1 + (0.06 * (random.NextDouble() - 0.5))))];
        Prometheus = await PrometheusServer.StartAsync($"{HttpMetricNames.Requests}{{job=\"{ServiceNames.SearchEngine}\"}}", Start, Qps);
    }

    public async Task DisposeAsync() => await Prometheus.DisposeAsync();
}
