using AkiDb.Contracts;
using AkiDb.Forecasting.Traffic;
using AkiDb.Kubernetes;
using AkiDb.Predictor.Autoscaling;
using AkiDb.Predictor.Traffic;
using AkiDb.StandIns.Kubernetes;
using AkiDb.Telemetry.Metrics;
using AkiDb.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkiDb.Integration.Tests.Predictor;

/// <summary>
/// The autoscaler's round against an API server that grants what the infrastructure declares, in virtual time; traffic and
/// forecast are the test's. Each round checks what must hold whatever goes wrong.
/// </summary>
internal sealed class AutoscalerUnderTest : ITrafficSource, IForecastSource, IAsyncDisposable
{
    public const double PerReplica = 280;

    private static readonly Lazy<Task<IReadOnlyList<RoleRule>>> Declared = new(PredictorPlan.AutoscalerRulesAsync);

    private readonly KubernetesApi _client;
    private readonly AutoscalerRound _round;
    private readonly List<int> _past = [];

    // Only who tests it runs into it: other tests may run on a machine with a lot to do.
    private static readonly TimeSpan LongCallLimit = TimeSpan.FromSeconds(30);

    private AutoscalerUnderTest(FakeApiServer api, AutoscalerSettings settings, string pod, ManualTime time, TimeSpan callLimit, Func<KubernetesApi, IScaleTarget> target)
    {
        (Api, Time) = (api, time);
        _client = KubernetesApi.Connect(api.Url, api.TokenFile, api.AuthorityFile, callLimit);
        Election = new LeaseElection(_client, ServiceNames.Namespace, ServiceNames.PredictiveAutoscaler, pod, time);
        Switch = new SwitchReader(_client, ServiceNames.Namespace, ServiceNames.PredictiveAutoscaler);
        _round = new AutoscalerRound(
            settings, target(_client), this, this, Switch, new DecisionEvents(_client, ServiceNames.Namespace, pod, time),
            new AutoscalerMetrics(Metrics, time), () => Election.IsLeading, time, NullLogger<AutoscalerRound>.Instance);
    }

    public FakeApiServer Api { get; }

    public ManualTime Time { get; }

    public MetricRegistry Metrics { get; } = new();

    public LeaseElection Election { get; }

    public SwitchReader Switch { get; }

    /// <summary>Traffic by minute, in replicas that it needs; throws what Prometheus would.</summary>
    public Func<DateTimeOffset, double> Load { get; set; } = _ => 4;

    /// <summary>Forecast as the service would give it.</summary>
    public Func<PeakForecast?> Forecast { get; set; } = () => null;

    public string Description => "the test";

    /// <summary>Replicas as the cluster has been told.</summary>
    public int Replicas => Api.Replicas(ServiceNames.Namespace, ServiceNames.SearchEngine);

    public static async Task<AutoscalerUnderTest> StartAsync(
        int replicas = 4, AutoscalerSettings? settings = null, Func<KubernetesApi, IScaleTarget>? target = null, TimeSpan? callLimit = null)
    {
        var api = await FakeApiServer.StartAsync(await Declared.Value);
        api.PutDeployment(ServiceNames.Namespace, ServiceNames.SearchEngine, replicas);
        api.PutConfigMap(ServiceNames.Namespace, ServiceNames.PredictiveAutoscaler,
            (ScalingSwitchKeys.Enabled, "true"), (ScalingSwitchKeys.MinReplicas, "2"), (ScalingSwitchKeys.MaxReplicas, "20"));
        return new AutoscalerUnderTest(api, settings ?? new AutoscalerSettings(), "pod-a", new ManualTime(), callLimit ?? LongCallLimit,
            target ?? (client => new DeploymentTarget(client, ServiceNames.Namespace, ServiceNames.SearchEngine)));
    }

    /// <summary>Another pod of the same service.</summary>
    public AutoscalerUnderTest Sibling(string pod) =>
        new(Api, new AutoscalerSettings(), pod, Time, LongCallLimit, client => new DeploymentTarget(client, ServiceNames.Namespace, ServiceNames.SearchEngine))
        {
            Load = Load,
            Forecast = Forecast,
        };

    /// <summary>A forecast whose bound needs so many replicas, made from the last minute.</summary>
    public PeakForecast Needing(double replicas) => new()
    {
        Forecaster = "test",
        LastMinute = LastMinute,
        Level = 0.9,
        UpperBounds = [.. Enumerable.Repeat(replicas * PerReplica, 15)],
    };

    /// <summary>Start of the last whole minute.</summary>
    public DateTimeOffset LastMinute => new DateTimeOffset(Time.GetUtcNow().Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero).AddMinutes(-1);

    /// <summary>Lets a minute pass, renews the Lease as its own loop would, and runs a round.</summary>
    public async Task<ScalingDecision?> MinuteAsync()
    {
        var before = Replicas;
        _past.Add(before);
        var decision = await RoundAsync();
        Check(before, decision);
        return decision;
    }

    /// <summary>The same without the checks.</summary>
    public async Task<ScalingDecision?> RoundAsync()
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        await TryToLeadAsync();
        return await _round.RunAsync(CancellationToken.None);
    }

    public async Task<List<ScalingDecision?>> MinutesAsync(int count)
    {
        var decisions = new List<ScalingDecision?>();
        for (var i = 0; i < count; i++)
        {
            decisions.Add(await MinuteAsync());
        }

        return decisions;
    }

    public async Task TryToLeadAsync()
    {
        try
        {
            await Election.TryAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // As the loop: the next try is soon.
        }
    }

    /// <summary>The service's loop around the round, not started.</summary>
    public AutoscalerLoop Loop() => new(_round, Switch, () => Election.IsLeading, Time, NullLogger<AutoscalerLoop>.Instance);

    /// <summary>The value of a counter or gauge, 0 if it is not there.</summary>
    public double Metric(string name, string labels = "") =>
        Value($"{name}{labels}") is { } value ? double.Parse(value, System.Globalization.CultureInfo.InvariantCulture) : 0;

    /// <summary>Whether a counter or gauge without labels is there.</summary>
    public bool HasMetric(string name) => Value(name) is not null;

    Task<TrafficSeries> ITrafficSource.ReadAsync(DateTimeOffset from, int minutes, CancellationToken cancellationToken)
    {
        var values = Enumerable.Range(0, minutes).Select(i => Load(from.AddMinutes(i)) * PerReplica).ToArray();
        return Task.FromResult(new TrafficSeries(from, values));
    }

    Task<PeakForecast?> IForecastSource.LatestAsync(CancellationToken cancellationToken) => Task.FromResult(Forecast());

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Api.DisposeAsync();
    }

    private string? Value(string series)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        Metrics.Write(buffer);
        var start = $"{series} ";
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan).Split('\n')
            .FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))?[start.Length..];
    }

    // What must hold in every round, whatever was broken in it.
    private void Check(int before, ScalingDecision? decision)
    {
        var after = Replicas;
        after.Should().BeInRange(2, 20);
        if (decision is null)
        {
            after.Should().Be(before, "a round without a decision changes nothing");
            return;
        }

        // By the test's own traffic, not by what the autoscaler says of it.
        var needed = Known() is { } load ? Math.Clamp((int)Math.Ceiling(load), 2, 20) : 0;
        after.Should().BeGreaterThanOrEqualTo(needed, "current traffic needs them");
        if (needed == 0)
        {
            after.Should().BeGreaterThanOrEqualTo(before, "nothing is taken away while traffic is unknown");
        }

        var step = 2 * Math.Max(_past.TakeLast(5).Min(), needed);
        after.Should().BeLessThanOrEqualTo(Math.Max(step, before), "a forecast adds no more than a step");
    }

    // The newest load of the three minutes that count as current, in replicas.
    private double? Known()
    {
        try
        {
            return Enumerable.Range(0, 3).Select(back => Load(LastMinute.AddMinutes(-back))).Where(double.IsFinite).Select(load => (double?)load).FirstOrDefault();
        }
        catch (TrafficSourceException)
        {
            return null;
        }
    }
}
