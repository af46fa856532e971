using System.CommandLine;
using AkiDb.ObjectStorage;
using AkiDb.SearchEngine.Observability;
using AkiDb.SearchEngine.Replication;
using AkiDb.SearchEngine.Store;
using AkiDb.Telemetry.Metrics;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkiDb.SearchEngine.Commands;

/// <summary><c>search restore</c>: makes a writer's store from what was published, after its disk is lost or damaged.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Folder for the store; empty or not there.", Required = true };
        var from = new Option<string>("--from") { Description = "Where the writer published: a folder or s3://BUCKET/PREFIX.", Required = true };
        var command = new Command("restore", "Bring a writer's store back from what was published.") { data, from };
        command.SetAction((arguments, cancellation) => RunAsync(arguments.GetRequiredValue(data), arguments.GetRequiredValue(from), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string data, string from, CancellationToken cancellation)
    {
        if (Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any())
        {
            await Console.Error.WriteLineAsync($"search: '{data}' is not empty; move what is there away first.");
            return 2;
        }

        var work = data.TrimEnd('/') + ".restoring";
        try
        {
            using var objects = ObjectStores.Open(from, TimeProvider.System);
            var replica = new Replica(work, objects, new StoreMetrics(new MetricRegistry()), NullLogger.Instance, TimeProvider.System, _ => { });
            if (await replica.CatchUpAsync(replica.OpenExisting(), cancellation) is not { } found)
            {
                await Console.Error.WriteLineAsync($"search: nothing is published in '{from}'.");
                return 2;
            }

            var (folder, sequence) = (found.Store.Folder, found.Store.Sequence);
            found.Store.Dispose();
            if (Directory.Exists(data))
            {
                Directory.Delete(data);
            }

            Directory.Move(folder, data);
            Directory.Delete(work, recursive: true);
            Console.WriteLine($"'{data}' is the store up to change {sequence}, as of {found.AsOf:u}. Writes acknowledged after that are not in it.");
            return 0;
        }
        catch (Exception e) when (e is IOException or ArgumentException or StoreException or PublishedDataException)
        {
            await Console.Error.WriteLineAsync($"search: {e.Message}");
            return 2;
        }
    }
}
