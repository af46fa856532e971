using System.Text.Json;

namespace AkiDb.Predictor.Replay;

/// <summary>What a replica-hour costs, from the cost preview's file (<c>akidb cost ENV --json</c>, docs/costs.md).</summary>
/// <param name="Usd">US dollars a replica-hour: the simulated nodes of all regions over the replica-hours that they carry. Routers
/// and the rest of a node are in it, for nodes are what is paid.</param>
/// <param name="Source">Environment and scenario of the estimate.</param>
internal sealed record ReplicaPrice(decimal Usd, string Source)
{
    private const int Version = 1;

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">It is no estimate, or one without simulated replicas.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ReplicaPrice Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            if (root.GetProperty("costVersion").GetInt32() != Version)
            {
                throw new InvalidDataException($"{path} has costVersion {root.GetProperty("costVersion")}; wanted {Version}.");
            }

            var (usd, hours) = (0m, 0m);
            foreach (var region in root.GetProperty("capacity").EnumerateArray())
            {
                hours += region.GetProperty("replicaHours").GetDecimal();
                usd += region.GetProperty("nodes").EnumerateArray().Sum(node => node.GetProperty("hours").GetDecimal() * node.GetProperty("usdPerHour").GetDecimal());
            }

            return hours > 0
                ? new ReplicaPrice(usd / hours, $"{root.GetProperty("environment").GetString()}, {root.GetProperty("scenario").GetString()}")
                : throw new InvalidDataException($"{path} has no simulated replica-hours; wanted the output of 'akidb cost ENV --json' for an environment with search engine pods.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path} is no cost estimate ({e.Message}); wanted the output of 'akidb cost ENV --json'.", e);
        }
    }
}
