using System.Globalization;
using AkiDb.Contracts;

namespace AkiDb.Local.Traffic;

/// <summary>What callers of the search engine send: mostly queries, some texts to embed, a few documents.</summary>
internal sealed class RequestMaker(HttpClient http, Uri router)
{
    /// <summary>The collection that every run fills.</summary>
    public const string Collection = "products";

    // Someone waits for a query; batches that embed texts can wait longer, so that the router may choose a cheaper backend.
    private const int QueryBudgetMs = 30;
    private const int EmbedBudgetMs = 250;

    private const double QueryShare = 0.85;
    private const double EmbedShare = 0.10;

    /// <summary>Path of its queries.</summary>
    public const string QueryPath = $"/api/v1/collections/{Collection}/query";

    /// <summary>The next request, of the shares above.</summary>
    public PlannedRequest Next(Random random)
    {
        var choice = random.NextDouble();
        if (choice < QueryShare)
        {
            return Planned(RequestKind.Query, QueryPath, QueryBudgetMs, Query(random));
        }

        return choice < QueryShare + EmbedShare
            ? Planned(RequestKind.Embed, ServiceEndpoints.Embed, EmbedBudgetMs, new { texts = (string[])[Sentences.Question(random)] })
            : Put([random.Next(Sentences.Count)]);
    }

    /// <summary>Puts every description, before the traffic starts.</summary>
    /// <exception cref="LocalException">The search engine refused.</exception>
    public async Task FillAsync(Uri writer, CancellationToken cancellation)
    {
        using var made = await http.PostAsJsonAsync(new Uri(writer, "/api/v1/collections"), new { name = Collection }, cancellation);
        await RequireAsync(made, cancellation);
        foreach (var ids in Enumerable.Range(0, Sentences.Count).Chunk(256))
        {
            using var put = await http.PostAsJsonAsync(new Uri(writer, DocumentsPath), Documents(ids), cancellation);
            await RequireAsync(put, cancellation);
        }
    }

    /// <summary>Asks a server until its code is compiled and its caches are filled: a start is not what the run is to measure.</summary>
    /// <param name="server">The server to ask.</param>
    /// <param name="requests">How many queries, one after the other.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="LocalException">It refused.</exception>
    public async Task WarmAsync(Uri server, int requests, CancellationToken cancellation)
    {
        var random = new Random(requests);
        for (var i = 0; i < requests; i++)
        {
            using var answer = await http.PostAsJsonAsync(new Uri(server, QueryPath), Query(random), cancellation);
            await RequireAsync(answer, cancellation);
        }
    }

    private static string DocumentsPath => $"/api/v1/collections/{Collection}/documents";

    private static object Query(Random random) => new { text = Sentences.Question(random), k = 5, include = (string[])["text"] };

    private static object Documents(IEnumerable<int> ids) => new
    {
        documents = ids.Select(id => new { id = string.Create(CultureInfo.InvariantCulture, $"p{id}"), text = Sentences.Description(id), metadata = new { shelf = id % 20 } }).ToArray(),
    };

    private static async Task RequireAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new LocalException($"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellation)}");
        }
    }

    private PlannedRequest Put(int[] ids) => Planned(RequestKind.Put, DocumentsPath, budgetMs: null, Documents(ids));

    private PlannedRequest Planned(RequestKind kind, string path, int? budgetMs, object body) => new(kind, async () =>
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(router, path)) { Content = JsonContent.Create(body) };
            if (budgetMs is { } budget)
            {
                request.Headers.Add(RequestHeaders.LatencyBudget, budget.ToString(CultureInfo.InvariantCulture));
            }

            using var response = await http.SendAsync(request);
            await response.Content.ReadAsByteArrayAsync();
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            return false;
        }
    });
}
