using System.Globalization;
using System.Text.Json.Nodes;
using AkiDb.Forecasting.Traffic;
using AkiDb.Predictor.Forecasts;

namespace AkiDb.Predictor.Traffic;

/// <summary>Traffic by a query of Prometheus' HTTP API (prometheus.io/docs/prometheus/latest/querying/api).</summary>
internal sealed class PrometheusSource : ITrafficSource, IDisposable
{
    // Prometheus refuses more than 11,000 points a series.
    private const int MostPoints = 10_000;
    private const int Step = 60;

    private readonly HttpClient _http;
    private readonly string _query;

    /// <param name="server">Address of Prometheus, with the path it is served under, if any.</param>
    /// <param name="query">PromQL that gives one series of queries a second.</param>
    /// <param name="limit">Longest call.</param>
    public PrometheusSource(Uri server, string query, TimeSpan limit)
    {
        _query = query;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = server.AbsoluteUri.EndsWith('/') ? server : new Uri(server.AbsoluteUri + "/"),
            Timeout = limit,
        };
    }

    public string Description => $"{_query} at {_http.BaseAddress}";

    public async Task<TrafficSeries> ReadAsync(DateTimeOffset from, int minutes, CancellationToken cancellationToken)
    {
        var values = new double[minutes];
        Array.Fill(values, double.NaN);
        var first = TrafficHistory.MinuteOf(from);
        for (var start = 0; start < minutes; start += MostPoints)
        {
            var count = Math.Min(MostPoints, minutes - start);
            await ReadPartAsync(first + start, values.AsMemory(start, count), cancellationToken);
        }

        return new TrafficSeries(TrafficHistory.TimeOf(first), values);
    }

    public void Dispose() => _http.Dispose();

    // A rate looks back from its time, so the end of a minute tells of that minute.
    private async Task ReadPartAsync(long first, Memory<double> values, CancellationToken cancellationToken)
    {
        var (from, to) = ((first + 1) * Step, (first + values.Length) * Step);
        var answer = await AskAsync(string.Create(CultureInfo.InvariantCulture,
            $"api/v1/query_range?query={Uri.EscapeDataString(_query)}&start={from}&end={to}&step={Step}"), cancellationToken);
        var series = answer["data"]?["result"]?.AsArray() ?? throw new TrafficSourceException($"{Description} answered without data.result.");
        if (series.Count > 1)
        {
            throw new TrafficSourceException($"{Description} gives {series.Count} series; wanted one, for example by sum(…).");
        }

        foreach (var point in series.Count == 0 ? [] : series[0]!["values"]!.AsArray())
        {
            var minute = (long)point![0]!.GetValue<double>() / Step - 1;
            var value = Number(point[1]!.GetValue<string>());
            values.Span[(int)(minute - first)] = double.IsFinite(value) && value >= 0 ? value : double.NaN;
        }
    }

    private async Task<JsonNode> AskAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw new TrafficSourceException($"{Description} answered {(int)response.StatusCode}: {text}");
            }

            return JsonNode.Parse(text) ?? throw new TrafficSourceException($"{Description} answered with nothing.");
        }
        catch (Exception e) when (e is HttpRequestException or System.Text.Json.JsonException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new TrafficSourceException($"{Description} cannot be read: {e.Message}", e);
        }
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN,
    };
}
