using AkiDb.Router.Configuration;

namespace AkiDb.Router.Replay;

/// <summary>
/// How a backend really behaves in the replay: log-normal latency whose 95th percentile is the setting's when the day is calm and
/// whose median is 0.6 of that; above 80 % of what is really left of its capacity requests queue and it slows down.
/// </summary>
internal sealed class SimulatedBackend(BackendConfig config, double scale)
{
    private const double MedianShare = 0.6;
    private const double Z95 = 1.6449;
    private static readonly double Sigma = Math.Log(1 / MedianShare) / Z95;

    private readonly Queue<double> _lastSecond = new();

    public BackendConfig Config => config;

    /// <summary>Capacity that the settings promise, at the replay's scale; infinity when unlimited.</summary>
    public double PromisedRps { get; } = config.CapacityRps * scale ?? double.PositiveInfinity;

    /// <summary>Share of the promised capacity that is really there.</summary>
    public double Alive { get; set; } = 1;

    /// <summary>Milliseconds that a disturbance adds to the network's share.</summary>
    public double ExtraNetworkMs { get; set; }

    /// <summary>Requests in the second before <paramref name="nowMs"/>.</summary>
    public double LoadRps(double nowMs)
    {
        while (_lastSecond.TryPeek(out var oldest) && oldest <= nowMs - 1_000)
        {
            _lastSecond.Dequeue();
        }

        return _lastSecond.Count;
    }

    /// <summary>Sends it a request; returns how long the answer takes, in milliseconds.</summary>
    public double Serve(double nowMs, Random random)
    {
        var load = double.IsPositiveInfinity(PromisedRps) ? 0 : LoadRps(nowMs) / (PromisedRps * Alive);
        if (!double.IsPositiveInfinity(PromisedRps))
        {
            _lastSecond.Enqueue(nowMs);
        }

        var queueing = 1 + (Math.Max(0, load - 0.8) * 10);
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return (config.ExpectedP95Ms * MedianShare * Math.Exp(Sigma * normal) * queueing) + ExtraNetworkMs;
    }
}
