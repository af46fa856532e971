using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Security.Cryptography;
using AkiDb.Infra.Components.Observability.Alerting;

namespace AkiDb.TestKit.Alerting;

/// <summary>A real Alertmanager with our configuration, whose pages go to a <see cref="PagerDutyServer"/>.</summary>
public sealed class AlertmanagerServer : ServerProcess
{
    private readonly string _folder;
    private readonly HttpClient _http;
    private readonly PagerDutyServer _pagerDuty;

    private AlertmanagerServer(string folder, int port, PagerDutyServer pagerDuty)
        : base("prometheus-alertmanager",
            [$"--config.file={folder}/alertmanager.yaml", $"--storage.path={folder}/data", $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address="],
            port, "eng/install-test-servers.sh")
    {
        (_folder, _pagerDuty) = (folder, pagerDuty);
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <summary>Keys of three services, made for this run.</summary>
    public static ImmutableDictionary<string, string> NewKeys() =>
        PagingKeys.All.ToImmutableDictionary(name => name, _ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));

    /// <summary>Starts it.</summary>
    /// <param name="configuration">What it is to do.</param>
    /// <param name="pagerDuty">Where events go instead of to PagerDuty.</param>
    /// <param name="keys">What stands in the key files.</param>
    public static async Task<AlertmanagerServer> StartAsync(
        AlertmanagerConfiguration configuration, PagerDutyServer pagerDuty, IReadOnlyDictionary<string, string> keys)
    {
        var folder = Directory.CreateTempSubdirectory("akidb-alertmanager-").FullName;
        foreach (var (name, key) in keys)
            await File.WriteAllTextAsync(Path.Combine(folder, name), key);
        await File.WriteAllTextAsync(Path.Combine(folder, "alertmanager.yaml"), Local(configuration, folder, pagerDuty).File());
        return await UpAsync(new AlertmanagerServer(folder, FreePort.Next(), pagerDuty));
    }

    /// <summary>Takes up another configuration, as after a change of the Secret.</summary>
    public async Task ReloadAsync(AlertmanagerConfiguration configuration)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "alertmanager.yaml"), Local(configuration, _folder, _pagerDuty).File());
        using var answer = await _http.PostAsync(new Uri("/-/reload", UriKind.Relative), null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Tells it of alerts, as Prometheus does.</summary>
    /// <param name="alerts">Labels (with <c>alertname</c>) and annotations.</param>
    /// <param name="isFiring">False: they are over.</param>
    public async Task PostAsync(IEnumerable<PostedAlert> alerts, bool isFiring)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var answer = await _http.PostAsJsonAsync("/api/v2/alerts", alerts.Select(alert => new
        {
            labels = alert.Labels,
            annotations = alert.Annotations,
            // Not earlier: a group whose first alert is older than group_wait is sent at once.
            startsAt = isFiring ? now : now - TimeSpan.FromMilliseconds(1),
            // Prometheus says "until I tell you again"; a test says it once, so this is long.
            endsAt = isFiring ? now + TimeSpan.FromHours(1) : now,
            generatorURL = "http://prometheus.example/graph",
        }));
        answer.EnsureSuccessStatusCode();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static AlertmanagerConfiguration Local(AlertmanagerConfiguration configuration, string folder, PagerDutyServer pagerDuty) => configuration with
    {
        EventsUrl = pagerDuty.Url,
        Receivers = [.. configuration.Receivers.Select(receiver => receiver with { KeyFile = Path.Combine(folder, Path.GetFileName(receiver.KeyFile)) })],
    };
}

/// <summary>An alert as Prometheus sends it.</summary>
public sealed record PostedAlert(ImmutableDictionary<string, string> Labels, ImmutableDictionary<string, string> Annotations);
