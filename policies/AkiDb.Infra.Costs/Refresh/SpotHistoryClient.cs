using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using AkiDb.Infra.Costs.Aws;

namespace AkiDb.Infra.Costs.Refresh;

/// <summary>Spot prices of a region (EC2 query API of 2016-11-15, DescribeSpotPriceHistory; free, at most 90 days back).</summary>
public sealed class SpotHistoryClient(AwsApiClient api)
{
    /// <summary>Every change of price of some types between two moments, and the one before.</summary>
    /// <exception cref="AwsApiException">AWS refused it.</exception>
    public async Task<ImmutableArray<SpotPricePoint>> GetAsync(IReadOnlyList<string> types, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var parameters = new Dictionary<string, string>
        {
            ["Action"] = "DescribeSpotPriceHistory",
            ["Version"] = "2016-11-15",
            ["ProductDescription.1"] = "Linux/UNIX",
            ["ProductDescription.2"] = "Linux/UNIX (Amazon VPC)",
            ["StartTime"] = Stamp(from),
            ["EndTime"] = Stamp(to),
            ["MaxResults"] = "1000",
        };
        for (var index = 0; index < types.Count; index++)
            parameters[FormattableString.Invariant($"InstanceType.{index + 1}")] = types[index];

        var points = ImmutableArray.CreateBuilder<SpotPricePoint>();
        string? token = null;
        do
        {
            if (token is not null)
                parameters["NextToken"] = token;
            var answer = XDocument.Parse(await api.CallQueryAsync(parameters, cancel)).Root!;
            var set = answer.Elements().FirstOrDefault(element => element.Name.LocalName == "spotPriceHistorySet")
                ?? throw new FormatException("The answer to DescribeSpotPriceHistory has no spotPriceHistorySet.");
            points.AddRange(set.Elements().Select(item => new SpotPricePoint(Child(item, "instanceType"), Child(item, "availabilityZone"),
                decimal.Parse(Child(item, "spotPrice"), NumberStyles.Float, CultureInfo.InvariantCulture),
                DateTimeOffset.Parse(Child(item, "timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))));
            var next = answer.Elements().FirstOrDefault(element => element.Name.LocalName == "nextToken")?.Value;
            token = next == token ? null : next;
        }
        while (!string.IsNullOrEmpty(token));
        return points.ToImmutable();
    }

    private static string Child(XElement element, string name) => element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value
        ?? throw new FormatException($"An item of the spot price history has no {name}.");

    private static string Stamp(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
