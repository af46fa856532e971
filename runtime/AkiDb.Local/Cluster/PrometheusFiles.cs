using System.Text.Json;
using AkiDb.Contracts;

namespace AkiDb.Local.Cluster;

/// <summary>What the local Prometheus scrapes: fixed servers from its configuration, readers from a file that changes with them.</summary>
/// <param name="folder">Folder of the files; exists.</param>
/// <param name="dataFolder">Folder that gets Prometheus' database.</param>
internal sealed class PrometheusFiles(string folder, string dataFolder)
{
    private string ReadersPath => Path.Combine(folder, "readers.json");

    /// <summary>The configuration file.</summary>
    public string ConfigPath => Path.Combine(folder, "prometheus.yml");

    /// <summary>Folder of Prometheus' database.</summary>
    public string DataPath => Path.Combine(dataFolder, "prometheus");

    /// <summary>Writes the configuration.</summary>
    /// <param name="router">Scraped often: its request rate is what forecasts are made from, and a minute of the day is short.</param>
    /// <param name="routerInterval">How often.</param>
    /// <param name="others">Scraped every two seconds, by job.</param>
    public void Write(Uri router, TimeSpan routerInterval, IEnumerable<(string Job, Uri Url)> others)
    {
        var jobs = others.Select(other => $"""
              - job_name: {other.Job}
                metrics_path: {ServiceEndpoints.Metrics}
                static_configs:
                  - targets: ["{other.Url.Authority}"]
            """);
        File.WriteAllText(ConfigPath, $"""
            global:
              scrape_interval: 2s
              scrape_timeout: 1s
            scrape_configs:
              - job_name: {ServiceNames.Router}
                metrics_path: {ServiceEndpoints.Metrics}
                scrape_interval: {routerInterval.TotalMilliseconds:0}ms
                scrape_timeout: {routerInterval.TotalMilliseconds:0}ms
                static_configs:
                  - targets: ["{router.Authority}"]
              - job_name: {ServiceNames.SearchEngine}
                metrics_path: {ServiceEndpoints.Metrics}
                file_sd_configs:
                  - files: ["{ReadersPath}"]
                    refresh_interval: 1s
            {string.Join('\n', jobs)}
            """);
        WriteReaders([]);
    }

    /// <summary>Tells Prometheus which readers there are.</summary>
    public void WriteReaders(IEnumerable<Reader> readers)
    {
        var targets = readers.Where(reader => reader.State is ReaderState.Ready or ReaderState.Draining).Select(reader => new
        {
            targets = new[] { reader.Url.Authority },
            labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["pod"] = reader.Name, ["capacity_type"] = reader.IsSpot ? "spot" : "on-demand" },
        });
        File.WriteAllText(ReadersPath + ".new", JsonSerializer.Serialize(targets));
        File.Move(ReadersPath + ".new", ReadersPath, overwrite: true);
    }
}
