using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AkiDb.SearchEngine.Torture;

/// <summary>
/// Writes from several clients at once, kills the server at a random moment, starts it again and compares: every acknowledged document is
/// there, none twice, and index and store agree. Again and again on the same store.
/// </summary>
internal sealed class TortureRun(string folder, int seed, TextWriter output) : IDisposable
{
    private const string Collection = "torture";
    private const int Workers = 6;
    private const int DocumentsPerWorker = 400;
    private const int Dimension = 16;

    // From the first milliseconds of writing to a few hundred commits.
    private const int LongestRoundMs = 900;

    private readonly Ledger _ledger = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Writes acknowledged in all rounds.</summary>
    public int Acknowledged => _ledger.Acknowledged;

    /// <summary>Runs the rounds; returns everything that was wrong.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(int rounds, CancellationToken cancellation)
    {
        var problems = new List<string>();
        var random = new Random(seed);
        for (var round = 0; round < rounds && problems.Count == 0; round++)
        {
            using (var engine = await StartAsync(cancellation))
            {
                problems.AddRange(await CompareAsync(engine.Url, cancellation));
                await WriteUntilKilledAsync(engine, random.Next(1, LongestRoundMs), round, cancellation);
            }

            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"round {round + 1}: {_ledger.Acknowledged} writes acknowledged, {problems.Count} problems"));
        }

        using var last = await StartAsync(cancellation);
        problems.AddRange(await CompareAsync(last.Url, cancellation));
        return problems;
    }

    public void Dispose() => _http.Dispose();

    private Task<EngineProcess> StartAsync(CancellationToken cancellation) =>
        EngineProcess.StartAsync(["--data", folder, "--model", "none", "--log", "none", "--drain-delay", "0"], _http, cancellation);

    private async Task WriteUntilKilledAsync(EngineProcess engine, int milliseconds, int round, CancellationToken cancellation)
    {
        // Most kills come while the workers write; the collection's creation is a write like the others, so the first rounds hit it too.
        using var killed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var workers = Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(engine.Url, worker, round, killed.Token), CancellationToken.None)).ToList();
        await Task.Delay(milliseconds, cancellation);
        engine.Kill();
        await killed.CancelAsync();
        await Task.WhenAll(workers);
    }

    private async Task WorkAsync(Uri url, int worker, int round, CancellationToken killed)
    {
        var random = new Random(HashCode.Combine(seed, worker, round));
        try
        {
            using (var created = await PostAsync(new Uri(url, "/api/v1/collections"), new JsonObject { ["name"] = Collection, ["dimension"] = Dimension }, killed))
            {
                // 201, or 409 from whoever was first.
            }

            for (var step = 1; !killed.IsCancellationRequested; step++)
            {
                await StepAsync(url, random, $"{worker}-{random.Next(DocumentsPerWorker)}", (round * 100_000) + step, killed);
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            // Killed: what was under way stays uncertain.
        }
    }

    private async Task StepAsync(Uri url, Random random, string id, int version, CancellationToken killed)
    {
        var isDeletion = random.Next(5) == 0;
        var written = isDeletion ? 0 : version;
        _ledger.Sending(id, written);
        var path = $"/api/v1/collections/{Collection}/documents";
        using var answer = isDeletion
            ? await PostAsync(new Uri(url, path + "/delete"), new JsonObject { ["ids"] = new JsonArray(id) }, killed)
            : await PostAsync(new Uri(url, path), new JsonObject
            {
                ["documents"] = new JsonArray(new JsonObject
                {
                    ["id"] = id,
                    ["vector"] = new JsonArray([.. Vector(id, version).Select(component => JsonValue.Create(component))]),
                    ["metadata"] = new JsonObject { ["version"] = version },
                }),
            }, killed);
        if (answer.IsSuccessStatusCode)
        {
            _ledger.Done(id, written);
        }
    }

    private async Task<List<string>> CompareAsync(Uri url, CancellationToken cancellation)
    {
        var problems = new List<string>();
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        using (var export = await _http.GetAsync(new Uri(url, $"/api/v1/collections/{Collection}/export"), cancellation))
        {
            var text = export.IsSuccessStatusCode ? await export.Content.ReadAsStringAsync(cancellation) : "";
            foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                using var document = JsonDocument.Parse(line);
                var id = document.RootElement.GetProperty("id").GetString()!;
                var version = document.RootElement.GetProperty("metadata").GetProperty("version").GetInt32();
                if (!found.TryAdd(id, version))
                {
                    problems.Add($"'{id}' is there twice");
                }

                var vector = document.RootElement.GetProperty("vector").EnumerateArray().Select(component => component.GetSingle());
                if (!vector.SequenceEqual(Vector(id, version)))
                {
                    problems.Add($"'{id}' has another version's vector");
                }
            }
        }

        foreach (var id in _ledger.Ids)
        {
            var version = found.GetValueOrDefault(id);
            if (_ledger.Judge(id, version) is { } problem)
            {
                problems.Add(problem);
            }

            _ledger.Settle(id, version);
        }

        problems.AddRange(found.Keys.Except(_ledger.Ids, StringComparer.Ordinal).Select(id => $"'{id}' was never written"));
        problems.AddRange(await CompareIndexAsync(url, found, cancellation));
        return problems;
    }

    // Each document is the nearest to its own vector, and the index has no others.
    private async Task<List<string>> CompareIndexAsync(Uri url, Dictionary<string, int> found, CancellationToken cancellation)
    {
        var problems = new List<string>();
        if (found.Count == 0)
        {
            return problems;
        }

        var sample = found.Where((_, i) => i % Math.Max(1, found.Count / 50) == 0);
        foreach (var (id, version) in sample)
        {
            var query = new JsonObject { ["vector"] = new JsonArray([.. Vector(id, version).Select(component => JsonValue.Create(component))]), ["k"] = 1, ["ef"] = 200 };
            using var answer = await PostAsync(new Uri(url, $"/api/v1/collections/{Collection}/query"), query, cancellation);
            var match = (await answer.Content.ReadFromJsonAsync<JsonNode>(cancellation))!["matches"]!.AsArray().FirstOrDefault()?["id"]?.GetValue<string>();
            if (match != id)
            {
                problems.Add($"the nearest to the vector of '{id}' is '{match}'");
            }
        }

        var everything = new JsonObject { ["vector"] = new JsonArray([.. Vector("0-0", 1).Select(component => JsonValue.Create(component))]), ["k"] = 1_000, ["ef"] = 4_000, ["include"] = new JsonArray() };
        using var all = await PostAsync(new Uri(url, $"/api/v1/collections/{Collection}/query"), everything, cancellation);
        var ids = (await all.Content.ReadFromJsonAsync<JsonNode>(cancellation))!["matches"]!.AsArray().Select(match => match!["id"]!.GetValue<string>()).ToList();
        problems.AddRange(ids.Except(found.Keys, StringComparer.Ordinal).Select(id => $"the index has '{id}', the store has not"));
        if (ids.Count != ids.Distinct(StringComparer.Ordinal).Count())
        {
            problems.Add("a search gives a document twice");
        }

        var status = await _http.GetFromJsonAsync<JsonNode>(new Uri(url, "/api/v1/status"), cancellation);
        if (status!["documents"]!.GetValue<int>() != found.Count)
        {
            problems.Add($"the index holds {status["documents"]} documents, the store {found.Count}");
        }

        return problems;
    }

    private static List<float> Vector(string id, int version)
    {
        var random = new Random(StableHash($"{id}/{version}"));
        return Enumerable.Range(0, Dimension).Select(_ => random.NextSingle() - 0.5f).ToList();
    }

    // string.GetHashCode differs from process to process.
    private static int StableHash(string text) => text.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));

    private Task<HttpResponseMessage> PostAsync(Uri url, JsonObject body, CancellationToken cancellation) => _http.PostAsJsonAsync(url, body, cancellation);
}
