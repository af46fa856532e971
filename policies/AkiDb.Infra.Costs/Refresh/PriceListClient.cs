using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AkiDb.Infra.Costs.Aws;
using AkiDb.Infra.Costs.Prices;

namespace AkiDb.Infra.Costs.Refresh;

/// <summary>On-demand prices of EC2 from the AWS Price List query API (GetProducts, API of 2017-10-15), with the filters that
/// Karpenter uses for the same purpose.</summary>
public sealed class PriceListClient(AwsApiClient api, TimeProvider clock)
{
    private const string Target = "AWSPriceListService.GetProducts";

    /// <summary>The price of a type in a region; null where AWS does not sell it there (the API answers with an empty list).</summary>
    /// <exception cref="AwsApiException">AWS refused it.</exception>
    /// <exception cref="FormatException">The answer has not the documented shape.</exception>
    public async Task<Price?> GetOnDemandAsync(string type, string region, CancellationToken cancel)
    {
        var body = new JsonObject
        {
            ["ServiceCode"] = "AmazonEC2",
            ["FormatVersion"] = "aws_v1",
            ["MaxResults"] = 100,
            ["Filters"] = new JsonArray([.. new[]
            {
                ("instanceType", type), ("regionCode", region), ("operatingSystem", "Linux"), ("preInstalledSw", "NA"), ("tenancy", "Shared"),
                ("capacitystatus", "Used"), ("marketoption", "OnDemand"), ("licenseModel", "No License required"),
            }.Select(filter => (JsonNode)new JsonObject { ["Type"] = "TERM_MATCH", ["Field"] = filter.Item1, ["Value"] = filter.Item2 })]),
        };
        string? token = null;
        do
        {
            if (token is not null)
                body["NextToken"] = token;
            using var answer = JsonDocument.Parse(await api.CallJsonAsync(Target, body.ToJsonString(), cancel));
            foreach (var product in answer.RootElement.GetProperty("PriceList").EnumerateArray())
            {
                if (Read(product.GetString()!) is { } usd)
                    return Make(type, region, usd);
            }

            var next = answer.RootElement.TryGetProperty("NextToken", out var value) ? value.GetString() : null;
            token = next == token ? null : next;
        }
        while (!string.IsNullOrEmpty(token));
        return null;
    }

    private Price Make(string type, string region, decimal usd) => new()
    {
        Id = $"ec2.onDemand.{type}",
        What = $"{type}, Linux, on demand",
        Unit = "hour",
        Per = 1,
        Region = region,
        Tiers = [new PriceTier(null, usd)],
        Source = new PriceSource("AWS Price List query API, GetProducts", DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), PriceConfidence.PriceList),
    };

    // Each product is a JSON document inside a JSON string.
    private static decimal? Read(string product)
    {
        try
        {
            using var json = JsonDocument.Parse(product);
            return json.RootElement.GetProperty("terms").GetProperty("OnDemand").EnumerateObject()
                .SelectMany(term => term.Value.GetProperty("priceDimensions").EnumerateObject())
                .Where(dimension => dimension.Value.GetProperty("unit").GetString() == "Hrs")
                .Select(dimension => decimal.Parse(dimension.Value.GetProperty("pricePerUnit").GetProperty("USD").GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture))
                // Reservations of unused capacity are listed at 0.
                .Where(usd => usd > 0).Select(usd => (decimal?)usd).FirstOrDefault();
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException)
        {
            throw new FormatException($"A product of the price list has not the documented shape: {problem.Message}", problem);
        }
    }
}
