using System.Globalization;
using System.Text;
using AkiDb.Contracts;
using AkiDb.Local.Traffic;

namespace AkiDb.Local.Cluster;

/// <summary>
/// The router's configuration, written anew when readers come and go: readers on spot and on demand, and two backends that stand for
/// a Jetson board and a Lambda function.
/// </summary>
internal sealed class RouterFile(string path, Uri jetson, Uri lambda, string redisUrl, double readerRequestsPerSecond)
{
    /// <summary>Dollars a million requests, of the specification (W14): the order of the backends is the order of these.</summary>
    public static readonly IReadOnlyDictionary<string, decimal> CostPerMillionUsd = new Dictionary<string, decimal>(StringComparer.Ordinal)
    {
        ["jetson"] = 0.8m,
        ["spot"] = 2.0m,
        ["lambda"] = 4.2m,
        ["on-demand"] = 6.0m,
    };

    /// <summary>Writes the file in one step, so that the router never reads half of it.</summary>
    public void Write(IReadOnlyList<Reader> readers)
    {
        var text = new StringBuilder();
        var culture = CultureInfo.InvariantCulture;
        text.Append(culture, $"""
            cluster: local
            region: local
            redis:
              url: {redisUrl}
            health:
              probeIntervalMs: 1000
            timeouts:
              drainMs: 200
              shutdownMs: 3000
            routes:
              - name: embed
                path: {ServiceEndpoints.Embed}
                repeatable: true
              - name: query
                path: {RequestMaker.QueryPath}
                repeatable: true
              - name: documents
                path: /api/v1/collections
            backends:

            """);
        // What is expected until it is measured: the added delay, if any, and some milliseconds for the search engine.
        Fixed(text, "jetson", jetson, capacityRps: readerRequestsPerSecond / 4, p95Ms: 15);
        Readers(text, "spot", [.. readers.Where(reader => reader.IsSpot)]);
        Fixed(text, "lambda", lambda, capacityRps: null, p95Ms: 45);
        Readers(text, "on-demand", [.. readers.Where(reader => !reader.IsSpot)]);
        File.WriteAllText(path + ".new", text.ToString());
        File.Move(path + ".new", path, overwrite: true);
    }

    private static void Fixed(StringBuilder text, string name, Uri address, double? capacityRps, double p95Ms)
    {
        Head(text, name, p95Ms);
        if (capacityRps is { } capacity)
        {
            text.Append(CultureInfo.InvariantCulture, $"    capacityRps: {capacity}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"    addresses: [{address}]\n");
    }

    private void Readers(StringBuilder text, string name, List<Reader> readers)
    {
        var listed = readers.Where(reader => reader.State is ReaderState.Ready or ReaderState.Draining).ToList();
        if (listed.Count == 0)
        {
            return;
        }

        Head(text, name, p95Ms: 10);
        text.Append(CultureInfo.InvariantCulture, $"    capacityPerAddressRps: {readerRequestsPerSecond}\n    addresses:\n");
        foreach (var reader in listed)
        {
            text.Append(CultureInfo.InvariantCulture, $"      - url: {reader.Url}\n        draining: {(reader.State == ReaderState.Draining ? "true" : "false")}\n");
        }
    }

    private static void Head(StringBuilder text, string name, double p95Ms) => text.Append(CultureInfo.InvariantCulture, $"""
          - name: {name}
            kind: {name}
            region: local
            costPerMillionUsd: {CostPerMillionUsd[name]}
            expectedComputeP95Ms: {p95Ms}

        """);
}
