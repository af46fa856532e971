using AkiDb.Local.Scoreboard;

namespace AkiDb.Local.Cluster;

/// <summary>Makes the readers follow their Deployment, as a cluster's controller does, and writes down how many there were.</summary>
internal sealed class DeploymentController(LocalCluster cluster, TimeProvider day, ReplicaLedger ledger, RunLog log)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs until told to stop.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var wanted = cluster.Api.Replicas;
            cluster.Readers.SetWanted(wanted);
            var readers = cluster.Readers.Readers;
            cluster.Api.Report(readers.Count);
            ledger.Record(day.GetUtcNow(), readers.Count(reader => reader.State == ReaderState.Ready), readers.Count, wanted);
            foreach (var decision in cluster.Api.TakeDecisions())
            {
                log.Note(decision);
            }

            await Task.Delay(LookEvery, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
