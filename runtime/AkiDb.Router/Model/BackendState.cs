using AkiDb.Router.Configuration;
using AkiDb.Router.Measurement;

namespace AkiDb.Router.Model;

/// <summary>
/// What is known of one backend; survives configuration changes that keep its name. Requests read volatile numbers that the
/// heartbeat publishes; they never compute a quantile or walk the addresses' health themselves.
/// </summary>
public sealed class BackendState(string name)
{
    private readonly Lock _membership = new();
    private readonly LatencyWindow _latency = new();
    private readonly SlidingCounter _localLoad = new();
    private AddressState[] _addresses = [];
    private ReadySet _ready = ReadySet.Empty;
    private double _p95Ms;
    private double _fitMs;
    private double _othersRps;
    private double _admission = 1;
    private int _isAdmissionCut;

    public string Name { get; } = name;

    /// <summary>Every address, ready or not.</summary>
    public IReadOnlyList<AddressState> Addresses => Volatile.Read(ref _addresses);

    /// <summary>The addresses that get new requests.</summary>
    public ReadySet Ready => Volatile.Read(ref _ready);

    /// <summary>Recent 95th percentile of the latency in milliseconds, the expectation until enough is measured.</summary>
    public double P95Ms => Volatile.Read(ref _p95Ms);

    /// <summary>
    /// The latency that must fit a budget, in milliseconds: the configured quantile of what recently happened, the expectation
    /// until enough is measured.
    /// </summary>
    public double FitMs => Volatile.Read(ref _fitMs);

    /// <summary>Load that the other routers put on this backend, in requests per second.</summary>
    public double OthersRps
    {
        get => Volatile.Read(ref _othersRps);
        set => Volatile.Write(ref _othersRps, value);
    }

    /// <summary>Share of the eligible requests that may choose this backend; below 1 only while it is tried after having been slow.</summary>
    public double Admission => Volatile.Read(ref _admission);

    /// <summary>True while <see cref="Admission"/> is below 1; cheaper to read.</summary>
    public bool IsAdmissionCut => Volatile.Read(ref _isAdmissionCut) != 0;

    /// <summary>Answers in the latency window at the last heartbeat.</summary>
    public int Samples => _latency.Samples;

    /// <summary>What was spent on this backend.</summary>
    public CostLedger Ledger { get; } = new();

    internal LatencyWindow Latency => _latency;

    /// <summary>Requests that this router sent here in the last second.</summary>
    public double LocalRps(double nowMs) => _localLoad.CountInLastSecond(nowMs);

    /// <summary>Requests that all routers sent here in the last second.</summary>
    public double LoadRps(double nowMs) => LocalRps(nowMs) + OthersRps;

    /// <summary>Requests under way from this router.</summary>
    public int InFlight => Addresses.Sum(address => address.InFlight);

    /// <summary>Counts a request sent to this backend.</summary>
    public void CountRequest(double nowMs) => _localLoad.Add(nowMs);

    /// <summary>Counts an answer of this backend.</summary>
    public void RecordLatency(double ms) => _latency.Record(ms);

    /// <summary>Replaces the members; known addresses keep their state, new ones start slowly when the backend already works.</summary>
    public void SetAddresses(BackendConfig config, HealthConfig health, IReadOnlyList<AddressConfig> wanted, double nowMs)
    {
        lock (_membership)
        {
            var known = _addresses.ToDictionary(address => address.Url, StringComparer.Ordinal);
            var next = wanted.Select(one => known.GetValueOrDefault(one.Url) ?? new AddressState(one.Url)).ToArray();
            foreach (var address in next.Where(address => known.Count > 0 && !known.ContainsKey(address.Url)))
            {
                address.BeginRamp(nowMs);
            }

            for (var i = 0; i < next.Length; i++)
            {
                next[i].SetDraining(wanted[i].IsDraining);
            }

            Volatile.Write(ref _addresses, next);
            if (known.Count == 0)
            {
                Volatile.Write(ref _p95Ms, config.ExpectedP95Ms);
                Volatile.Write(ref _fitMs, config.ExpectedP95Ms);
            }
        }

        RefreshReady(config, health, nowMs);
    }

    /// <summary>Takes a new picture of the ready addresses; after every change of health and at every heartbeat.</summary>
    public void RefreshReady(BackendConfig config, HealthConfig health, double nowMs)
    {
        lock (_membership)
        {
            var ready = Array.FindAll(_addresses, address => address.IsReady);
            var fullShares = ready.Sum(address => address.Ramp(nowMs, health.SlowStartMs));
            var capacity = config switch
            {
                { CapacityPerAddressRps: { } single } => single * fullShares,
                { CapacityRps: { } total } => total * fullShares / Math.Max(1, _addresses.Length),
                _ => double.PositiveInfinity,
            };
            var trial = _addresses.Length == ready.Length ? double.PositiveInfinity : _addresses.Min(address => address.TrialDueAt);
            Volatile.Write(ref _ready, new ReadySet(ready, capacity, trial));
        }
    }

    internal void Publish(double p95Ms, double fitMs, double admission)
    {
        Volatile.Write(ref _fitMs, fitMs);
        Volatile.Write(ref _p95Ms, p95Ms);
        Volatile.Write(ref _admission, admission);
        Volatile.Write(ref _isAdmissionCut, admission < 1 ? 1 : 0);
    }
}
