using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AkiDb.Infra.Costs.Aws;

namespace AkiDb.Infra.Costs.Actuals;

/// <summary>
/// What was spent, from AWS Cost Explorer (API of 2017-10-25). Every page of every answer costs <see cref="UsdPerCall"/>; the end
/// of a period is exclusive; credits and refunds are left out, so that the numbers can stand beside an estimate.
/// </summary>
public sealed class CostExplorerClient(AwsApiClient api)
{
    /// <summary>Price of one page (AWS price list, USE1-APIRequest).</summary>
    public const decimal UsdPerCall = 0.01m;

    private const string Service = "AWSInsightsIndexService";
    private const string Metric = "UnblendedCost";

    /// <summary>What the calls of this client have cost so far.</summary>
    public decimal SpentUsd => api.Calls * UsdPerCall;

    /// <summary>Cost by day and up to two groupings.</summary>
    /// <param name="from">First day.</param>
    /// <param name="to">Day after the last.</param>
    /// <param name="environment">Value of the tag <c>environment</c>; null for the whole account.</param>
    /// <param name="groupBy">Dimensions such as <c>SERVICE</c>, <c>REGION</c>, or tags as <c>tag:component</c>; one or two.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AwsApiException">AWS refused it.</exception>
    /// <exception cref="FormatException">The answer has not the documented shape.</exception>
    public async Task<ImmutableArray<ActualCost>> GetCostAsync(DateOnly from, DateOnly to, string? environment, ImmutableArray<string> groupBy, CancellationToken cancel)
    {
        var body = Period(from, to);
        body["Granularity"] = "DAILY";
        body["Metrics"] = new JsonArray(Metric);
        body["GroupBy"] = new JsonArray([.. groupBy.Select(group => (JsonNode)(group.StartsWith("tag:", StringComparison.Ordinal)
            ? new JsonObject { ["Type"] = "TAG", ["Key"] = group[4..] }
            : new JsonObject { ["Type"] = "DIMENSION", ["Key"] = group }))]);
        body["Filter"] = Filter(environment);

        var costs = ImmutableArray.CreateBuilder<ActualCost>();
        await PagesAsync("GetCostAndUsage", body, "NextPageToken", page =>
        {
            foreach (var day in page.GetProperty("ResultsByTime").EnumerateArray())
            {
                var date = Date(day.GetProperty("TimePeriod").GetProperty("Start"));
                var isEstimated = day.TryGetProperty("Estimated", out var estimated) && estimated.GetBoolean();
                // "Total" is empty where there is a grouping, so only the groups count.
                foreach (var group in day.GetProperty("Groups").EnumerateArray())
                    costs.Add(new ActualCost(date, [.. group.GetProperty("Keys").EnumerateArray().Select(key => TagValue(key.GetString()!))], Amount(group.GetProperty("Metrics").GetProperty(Metric)), isEstimated));
            }
        }, cancel);
        return costs.ToImmutable();
    }

    /// <summary>What AWS expects from today to the end of a period; null where the account is too young to say.</summary>
    /// <exception cref="AwsApiException">AWS refused it.</exception>
    public async Task<CostForecast?> GetForecastAsync(DateOnly from, DateOnly to, string? environment, CancellationToken cancel)
    {
        var body = Period(from, to);
        // MONTHLY would answer for the whole month even if part of it is asked for.
        body["Granularity"] = "DAILY";
        body["Metric"] = "UNBLENDED_COST";
        body["PredictionIntervalLevel"] = 80;
        body["Filter"] = Filter(environment);
        try
        {
            decimal mean = 0, low = 0, high = 0;
            using var answer = JsonDocument.Parse(await api.CallJsonAsync($"{Service}.GetCostForecast", body.ToJsonString(), cancel));
            foreach (var day in answer.RootElement.GetProperty("ForecastResultsByTime").EnumerateArray())
            {
                mean += Number(day, "MeanValue");
                low += Number(day, "PredictionIntervalLowerBound");
                high += Number(day, "PredictionIntervalUpperBound");
            }

            return new CostForecast(mean, low, high);
        }
        catch (AwsApiException problem) when (problem.Code == "DataUnavailableException")
        {
            return null;
        }
    }

    /// <summary>What the anomaly monitors found.</summary>
    /// <exception cref="AwsApiException">AWS refused it.</exception>
    public async Task<ImmutableArray<CostAnomaly>> GetAnomaliesAsync(DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var body = new JsonObject { ["DateInterval"] = new JsonObject { ["StartDate"] = Text(from), ["EndDate"] = Text(to) }, ["MaxResults"] = 100 };
        var anomalies = ImmutableArray.CreateBuilder<CostAnomaly>();
        await PagesAsync("GetAnomalies", body, "NextPageToken", page =>
        {
            foreach (var anomaly in page.GetProperty("Anomalies").EnumerateArray())
            {
                var cause = anomaly.TryGetProperty("RootCauses", out var causes) && causes.GetArrayLength() > 0 ? causes[0] : default;
                anomalies.Add(new CostAnomaly(Date(anomaly.GetProperty("AnomalyStartDate")), Optional(cause, "Service"), Optional(cause, "Region"),
                    anomaly.GetProperty("Impact").GetProperty("TotalImpact").GetDecimal()));
            }
        }, cancel);
        return anomalies.ToImmutable();
    }

    private async Task PagesAsync(string operation, JsonObject body, string tokenKey, Action<JsonElement> read, CancellationToken cancel)
    {
        string? token = null;
        do
        {
            if (token is not null)
                body[tokenKey] = token;
            using var answer = JsonDocument.Parse(await api.CallJsonAsync($"{Service}.{operation}", body.ToJsonString(), cancel));
            try
            {
                read(answer.RootElement);
            }
            catch (Exception problem) when (problem is KeyNotFoundException or InvalidOperationException)
            {
                throw new FormatException($"Cost Explorer's answer to {operation} has not the documented shape: {problem.Message}", problem);
            }

            var next = Optional(answer.RootElement, tokenKey);
            // The same token again would read, and pay for, the same page for ever.
            token = next == token ? null : next;
        }
        while (!string.IsNullOrEmpty(token));
    }

    private static JsonObject Period(DateOnly from, DateOnly to) => new() { ["TimePeriod"] = new JsonObject { ["Start"] = Text(from), ["End"] = Text(to) } };

    private static JsonObject Filter(string? environment)
    {
        var noCredits = new JsonObject { ["Not"] = new JsonObject { ["Dimensions"] = new JsonObject { ["Key"] = "RECORD_TYPE", ["Values"] = new JsonArray("Credit", "Refund") } } };
        return environment is null
            ? noCredits
            : new JsonObject { ["And"] = new JsonArray(noCredits, new JsonObject { ["Tags"] = new JsonObject { ["Key"] = "environment", ["Values"] = new JsonArray(environment) } }) };
    }

    // A tag's group key comes back as "name$value"; no value means that the tag is missing.
    private static string TagValue(string key) => key.IndexOf('$', StringComparison.Ordinal) is var at and >= 0 ? key[(at + 1)..] is { Length: > 0 } value ? value : "untagged" : key;

    private static decimal Amount(JsonElement metric) => Number(metric, "Amount");

    private static decimal Number(JsonElement json, string key) =>
        decimal.Parse(json.GetProperty(key).GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static DateOnly Date(JsonElement json) => DateOnly.ParseExact(json.GetString()![..10], "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Optional(JsonElement json, string key) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(key, out var value) ? value.GetString() : null;

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
