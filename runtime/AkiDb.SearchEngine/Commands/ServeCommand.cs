using System.CommandLine;
using System.Net.Sockets;
using AkiDb.Contracts;
using AkiDb.Embedding;
using AkiDb.SearchEngine.Hosting;
using AkiDb.SearchEngine.Limits;
using AkiDb.SearchEngine.Store;
using AkiDb.Telemetry.Tracing;

namespace AkiDb.SearchEngine.Commands;

/// <summary><c>search serve</c>: runs until it is told to stop.</summary>
internal static class ServeCommand
{
    private const string NoModel = "none";

    public static Command Create()
    {
        var defaults = new EngineSettings();
        var role = new Option<EngineRole>("--role") { Description = "writer: the one that keeps the record. reader: follows it. embed: no store at all.", DefaultValueFactory = _ => EngineRole.Writer };
        var data = new Option<string?>("--data") { Description = "Folder of the store." };
        var urls = new Option<string>("--urls") { Description = "Where to listen, separated by ';'.", DefaultValueFactory = _ => defaults.Urls };
        var open = new Option<bool>("--no-auth") { Description = "Ask for no API keys. For local use." };
        var keys = new Option<string?>("--keys") { Description = "File of API keys (search key create), or env:NAME of a variable with its text." };
        var publish = new Option<string?>("--publish") { Description = "Writer: publish snapshots and log to a folder or s3://BUCKET/PREFIX." };
        var follow = new Option<string?>("--follow") { Description = "Reader: the place that the writer publishes to." };
        var writer = new Option<string?>("--writer") { Description = "Reader: URL of the writer, which gets the writes." };
        var model = new Option<string>("--model") { Description = "Embedding model, or 'none' for vectors only.", DefaultValueFactory = _ => EmbeddingSettings.DefaultModel };
        var modelStore = new Option<string?>("--model-store") { Description = "Folder or s3://BUCKET/PREFIX with the model; default: what comes with the program." };
        var modelSha256 = new Option<string?>("--model-sha256") { Description = "SHA-256 that the model must have; required with --model-store." };
        var cachedTexts = new Option<int>("--cached-texts") { Description = "Texts whose vectors are kept in memory, 2 KB each." };
        var region = new Option<string>("--region") { Description = "Label of metrics.", DefaultValueFactory = _ => defaults.Region };
        var cluster = new Option<string>("--cluster") { Description = "Label of metrics.", DefaultValueFactory = _ => defaults.Cluster };
        var log = new Option<string>("--log") { Description = "File of the log, '-' for standard output, 'none' for none.", DefaultValueFactory = _ => defaults.LogPath };
        var interval = new Option<double>("--publish-interval") { Description = "Seconds between publications, and between a reader's looks.", DefaultValueFactory = _ => defaults.PublishInterval.TotalSeconds };
        var staleness = new Option<double>("--max-staleness") { Description = "Seconds of age beyond which a reader refuses to answer; 0 for never.", DefaultValueFactory = _ => defaults.MaximumStaleness.TotalSeconds };
        var drain = new Option<double>("--drain-delay") { Description = "Seconds between the end of readiness and of new connections, at most 4.", DefaultValueFactory = _ => defaults.DrainDelay.TotalSeconds };
        var body = new Option<int>("--max-body-mib") { Description = "Largest body, MiB.", DefaultValueFactory = _ => (int)(defaults.Limits.BodyBytes / 1024 / 1024) };
        var batch = new Option<int>("--max-batch") { Description = "Most documents, ids or texts of one request.", DefaultValueFactory = _ => defaults.Limits.Batch };
        var queries = new Option<int>("--max-queries") { Description = "Queries worked on at once; 0 for twice the processors." };
        var writes = new Option<int>("--max-writes") { Description = "Writes worked on at once.", DefaultValueFactory = _ => defaults.Limits.Writes };
        var queue = new Option<int>("--max-queue") { Description = "Requests of each kind that may wait.", DefaultValueFactory = _ => defaults.Limits.Queue };
        var queryTimeout = new Option<double>("--query-timeout") { Description = "Seconds for a query.", DefaultValueFactory = _ => defaults.Limits.QueryTimeout.TotalSeconds };
        var writeTimeout = new Option<double>("--write-timeout") { Description = "Seconds for a write.", DefaultValueFactory = _ => defaults.Limits.WriteTimeout.TotalSeconds };
        Within(interval, 0.01, 3_600);
        Within(staleness, 0, 86_400);
        Within(drain, 0, 4);
        Within(queryTimeout, 0.01, 300);
        Within(writeTimeout, 0.01, 300);
        var command = new Command("serve", "Run the search engine.")
        {
            role, data, urls, open, keys, publish, follow, writer, model, modelStore, modelSha256, cachedTexts, region, cluster, log, interval, staleness, drain,
            body, batch, queries, writes, queue, queryTimeout, writeTimeout,
        };
        command.SetAction((arguments, cancellation) => RunAsync(
            new EngineSettings
            {
                Role = arguments.GetValue(role),
                DataPath = arguments.GetValue(data),
                Urls = arguments.GetValue(urls)!,
                IsOpen = arguments.GetValue(open),
                KeysPath = arguments.GetValue(keys),
                PublishTo = arguments.GetValue(publish),
                Follow = arguments.GetValue(follow),
                WriterUrl = arguments.GetValue(writer),
                Region = arguments.GetValue(region)!,
                Cluster = arguments.GetValue(cluster)!,
                LogPath = arguments.GetValue(log)!,
                PublishInterval = TimeSpan.FromSeconds(arguments.GetValue(interval)),
                MaximumStaleness = TimeSpan.FromSeconds(arguments.GetValue(staleness)),
                DrainDelay = TimeSpan.FromSeconds(arguments.GetValue(drain)),
                Limits = new RequestLimits
                {
                    BodyBytes = arguments.GetValue(body) * 1024L * 1024,
                    Batch = arguments.GetValue(batch),
                    Queries = arguments.GetValue(queries),
                    Writes = arguments.GetValue(writes),
                    Queue = arguments.GetValue(queue),
                    QueryTimeout = TimeSpan.FromSeconds(arguments.GetValue(queryTimeout)),
                    WriteTimeout = TimeSpan.FromSeconds(arguments.GetValue(writeTimeout)),
                },
            },
            arguments.GetValue(model) == NoModel ? null : new EmbeddingSettings
            {
                Model = arguments.GetValue(model)!,
                ModelStore = arguments.GetValue(modelStore),
                Sha256 = arguments.GetValue(modelSha256),
                CachedTexts = arguments.GetValue(cachedTexts),
            }, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(EngineSettings settings, EmbeddingSettings? model, CancellationToken cancellation)
    {
        try
        {
            SettingsCheck.Check(settings, model?.Problems() ?? []);
            using var traces = TraceExport.Start(ServiceNames.SearchEngine, ServiceNames.SearchEngine, TextEmbedders.ActivitySourceName);
            using var embedder = model is null ? null : await TextEmbedders.LoadAsync(model, cancellation);
            await using var app = SearchHost.Build(settings, embedder);
            await app.RunAsync(cancellation);
            return Environment.ExitCode;
        }
        catch (SettingsException e)
        {
            await Console.Error.WriteLineAsync($"search: {e.Problems.Count} {(e.Problems.Count == 1 ? "setting is" : "settings are")} wrong:");
            foreach (var problem in e.Problems)
            {
                await Console.Error.WriteLineAsync($"  {problem}");
            }

            return 2;
        }
        catch (SocketException e)
        {
            await Console.Error.WriteLineAsync($"search: cannot listen at '{settings.Urls}': {e.Message}");
            return 2;
        }
        catch (Exception e) when (e is StoreException or IOException or UnauthorizedAccessException or ArgumentException or EmbeddingModelException)
        {
            await Console.Error.WriteLineAsync($"search: {e.Message}");
            return 2;
        }
    }

    private static void Within(Option<double> option, double low, double high) => option.Validators.Add(result =>
    {
        var value = result.GetValueOrDefault<double>();
        if (!(value >= low && value <= high))
        {
            result.AddError(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{option.Name} is {value}; wanted {low} to {high} seconds."));
        }
    });
}
