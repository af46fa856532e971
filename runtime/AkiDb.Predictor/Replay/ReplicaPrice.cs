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
            if (Property(root, "costVersion").GetInt32() != Version)
            {
                throw new InvalidDataException($"{path} has costVersion {Property(root, "costVersion")}; wanted {Version}.");
            }

            var (usd, hours) = (0m, 0m);
            foreach (var region in Property(root, "capacity").EnumerateArray())
            {
                hours += Property(region, "replicaHours").GetDecimal();
                usd += Property(region, "nodes").EnumerateArray().Sum(node => Property(node, "hours").GetDecimal() * Property(node, "usdPerHour").GetDecimal());
            }

            if (usd < 0)
            {
                throw new InvalidDataException($"{path} has nodes that cost {usd} US dollars; wanted 0 or more.");
            }

            return hours > 0
                ? new ReplicaPrice(usd / hours, $"{Property(root, "environment").GetString()}, {Property(root, "scenario").GetString()}")
                : throw new InvalidDataException($"{path} has no simulated replica-hours; wanted the output of 'akidb cost ENV --json' for an environment with search engine pods.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path} is no cost estimate ({e.Message}); wanted the output of 'akidb cost ENV --json'.", e);
        }
    }

    // JsonElement's own would not say which key is missing.
    private static JsonElement Property(JsonElement element, string key) =>
        element.TryGetProperty(key, out var value) ? value : throw new KeyNotFoundException($"'{key}' is missing");
}
