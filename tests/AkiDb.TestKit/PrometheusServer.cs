using System.Globalization;
using System.Text;

namespace AkiDb.TestKit;

/// <summary>A real Prometheus that scrapes nothing and holds what a test gave it.</summary>
public sealed class PrometheusServer : ServerProcess
{
    private readonly string _folder;

    private PrometheusServer(int port, string folder)
        : base("prometheus",
        [
            $"--config.file={Path.Combine(folder, "prometheus.yml")}", $"--storage.tsdb.path={Path.Combine(folder, "data")}",
            $"--web.listen-address=127.0.0.1:{port}", "--storage.tsdb.retention.time=90d", "--log.level=warn",
        ], port, "eng/install-test-servers.sh") => _folder = folder;

    public Uri Url => new($"http://127.0.0.1:{Port}");

    /// <summary>Starts with a counter that has grown by so much in each minute.</summary>
    /// <param name="counter">Name and labels, e.g. <c>http_requests_total{job="a"}</c>.</param>
    /// <param name="start">Start of the first minute.</param>
    /// <param name="qps">Rate in each minute; NaN for one without samples.</param>
    public static async Task<PrometheusServer> StartAsync(string counter, DateTimeOffset start, IReadOnlyList<double> qps)
    {
        var folder = Directory.CreateTempSubdirectory("akidb-prometheus-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "prometheus.yml"), "global: {}\n");
        if (qps.Count > 0)
        {
            var samples = Path.Combine(folder, "samples.om");
            await File.WriteAllTextAsync(samples, OpenMetrics(counter, start, qps));
            var run = await ToolRun.OfAsync("promtool", "tsdb", "create-blocks-from", "openmetrics", samples, Path.Combine(folder, "data"));
            if (run.ExitCode != 0)
            {
                throw new InvalidOperationException($"promtool makes no blocks of the samples: {run.Output}");
            }
        }

        return await UpAsync(new PrometheusServer(FreePort.Next(), folder), server => server.WaitUntilReadyAsync());
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string OpenMetrics(string counter, DateTimeOffset start, IReadOnlyList<double> qps)
    {
        var name = counter.Split('{')[0];
        var family = name.EndsWith("_total", StringComparison.Ordinal) ? name[..^"_total".Length] : name;
        var text = new StringBuilder($"# TYPE {family} counter\n");
        var (total, second) = (0.0, start.ToUnixTimeSeconds());
        foreach (var rate in qps)
        {
            // Two scrapes a minute, as the cluster's Prometheus makes.
            for (var half = 0; half < 2; half++)
            {
                second += 30;
                total += double.IsNaN(rate) ? 0 : rate * 30;
                if (!double.IsNaN(rate))
                {
                    text.Append(CultureInfo.InvariantCulture, $"{counter} {total} {second}\n");
                }
            }
        }

        return text.Append("# EOF\n").ToString();
    }

    private async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Url };
        for (var i = 0; i < 200; i++)
        {
            using var answer = await http.GetAsync(new Uri("/-/ready", UriKind.Relative));
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException($"Prometheus was not ready within ten seconds: {LastError}");
    }
}
