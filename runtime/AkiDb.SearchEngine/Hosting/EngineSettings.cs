using AkiDb.Contracts;

namespace AkiDb.SearchEngine.Hosting;

/// <summary>How a process of the search engine runs; what <c>search serve</c> was given.</summary>
internal sealed record EngineSettings
{
    /// <summary>What the process does. Default: writer.</summary>
    public EngineRole Role { get; init; }

    /// <summary>Folder of the store; null only for <see cref="EngineRole.Embed"/>.</summary>
    public string? DataPath { get; init; }

    /// <summary>Where to listen, separated by ';'.</summary>
    public string Urls { get; init; } = $"http://0.0.0.0:{ServiceEndpoints.Port}";

    /// <summary>File of API keys, or <c>env:NAME</c> of a variable that holds its text; null with <see cref="IsOpen"/>.</summary>
    public string? KeysPath { get; init; }

    /// <summary>No keys: everyone may do everything. For local use.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Writer: where snapshots and the log go, a folder or <c>s3://bucket/prefix</c>; null for nowhere.</summary>
    public string? PublishTo { get; init; }

    /// <summary>Reader: where the writer publishes.</summary>
    public string? Follow { get; init; }

    /// <summary>Reader: URL of the writer that gets the writes; null to refuse them.</summary>
    public string? WriterUrl { get; init; }

    /// <summary>Label of metrics.</summary>
    public string Region { get; init; } = "local";

    /// <summary>Label of metrics.</summary>
    public string Cluster { get; init; } = "local";

    /// <summary>File of the request log; "-" for standard output, "none" for none.</summary>
    public string LogPath { get; init; } = "-";

    /// <summary>Time between publications, and between looks of a reader.</summary>
    public TimeSpan PublishInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Age beyond which a reader refuses to answer; zero for never.</summary>
    public TimeSpan MaximumStaleness { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Time between the end of readiness and the end of new connections.</summary>
    public TimeSpan DrainDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What one request may ask for, and how many at once.</summary>
    public Limits.RequestLimits Limits { get; init; } = new();
}
