using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace AkiDb.Infra.Costs.Prices;

/// <summary>
/// Reads the JSON price files (docs/costs.md describes them) and remembers every fault instead of stopping at the first.
/// Numbers are read as decimals: 0.1 stays 0.1.
/// </summary>
internal sealed class PriceBookReader
{
    private readonly Dictionary<(string Id, string Region), Price> _prices = [];
    private readonly Dictionary<string, Allowance> _allowances = [];
    private readonly List<string> _faults = [];

    public void Read(string file, Stream content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var root = document.RootElement;
            var sources = root.GetProperty("sources").EnumerateObject().ToDictionary(source => source.Name, source => ReadSource(source.Value));
            if (root.TryGetProperty("allowances", out var allowances))
            {
                foreach (var allowance in allowances.EnumerateArray())
                    ReadAllowance(file, allowance, sources);
            }

            foreach (var price in root.GetProperty("prices").EnumerateArray())
                ReadPrice(file, price, sources);
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            _faults.Add($"{file}: {problem.Message}");
        }
    }

    public PriceBook ToBook()
    {
        foreach (var price in _prices.Values.Where(price => price.Allowance is not null))
        {
            if (!_allowances.TryGetValue(price.Allowance!, out var allowance))
                _faults.Add($"{price.Id}: there is no allowance '{price.Allowance}'");
            else if (allowance.Unit != price.Unit)
                _faults.Add($"{price.Id} is per {price.Unit}, its allowance '{allowance.Id}' counts {allowance.Unit}");
        }

        return _faults.Count == 0 ? new PriceBook(_prices.Values, _allowances.Values) : throw new PriceBookException(_faults);
    }

    private static PriceSource ReadSource(JsonElement json) => new(
        Text(json, "text"),
        DateOnly.ParseExact(Text(json, "effective"), "yyyy-MM-dd", CultureInfo.InvariantCulture),
        Enum.TryParse<PriceConfidence>(Text(json, "confidence"), ignoreCase: true, out var confidence)
            ? confidence
            : throw new FormatException($"confidence '{Text(json, "confidence")}' is none of {string.Join(", ", Enum.GetNames<PriceConfidence>())}"));

    private void ReadAllowance(string file, JsonElement json, Dictionary<string, PriceSource> sources)
    {
        var id = Text(json, "id");
        if (SourceOf(file, id, json, sources) is not { } source)
            return;
        var allowance = new Allowance(id, Text(json, "what"), Text(json, "unit"), json.GetProperty("quantity").GetDecimal(), source);
        if (allowance.Quantity <= 0)
            _faults.Add($"{file}: allowance {id} is {allowance.Quantity}; want more than 0");
        if (!_allowances.TryAdd(id, allowance))
            _faults.Add($"{file}: allowance {id} comes twice");
    }

    private void ReadPrice(string file, JsonElement json, Dictionary<string, PriceSource> sources)
    {
        var id = Text(json, "id");
        if (SourceOf(file, id, json, sources) is not { } source)
            return;
        var per = json.TryGetProperty("per", out var many) ? many.GetDecimal() : 1;
        if (per <= 0)
            _faults.Add($"{file}: {id} is per {per}; want more than 0");
        foreach (var region in json.GetProperty("usd").EnumerateObject())
        {
            var price = new Price
            {
                Id = id,
                What = Text(json, "what"),
                Unit = Text(json, "unit"),
                Per = per,
                Region = region.Name,
                Tiers = ReadTiers(region.Value),
                Source = source,
                Allowance = json.TryGetProperty("allowance", out var allowance) ? allowance.GetString() : null,
            };
            if (FaultOf(price) is { } fault)
                _faults.Add($"{file}: {id} in {region.Name}: {fault}");
            if (!_prices.TryAdd((id, region.Name), price))
                _faults.Add($"{file}: {id} in {region.Name} comes twice");
        }
    }

    private static ImmutableArray<PriceTier> ReadTiers(JsonElement json) => json.ValueKind == JsonValueKind.Number
        ? [new PriceTier(null, json.GetDecimal())]
        : [.. json.EnumerateArray().Select(tier => new PriceTier(tier[0].ValueKind == JsonValueKind.Null ? null : tier[0].GetDecimal(), tier[1].GetDecimal()))];

    private static string? FaultOf(Price price)
    {
        if (price.Tiers.IsEmpty || price.Tiers[^1].UpTo is not null)
            return "the last tier must have no end";
        if (price.Tiers.Any(tier => tier.Usd <= 0))
            return "a price must be above 0; what is free is an allowance";
        var ends = price.Tiers[..^1].Select(tier => tier.UpTo ?? 0).ToList();
        return ends.Zip(ends.Prepend(0)).Any(pair => pair.First <= pair.Second) ? "tiers must end in rising order" : null;
    }

    private PriceSource? SourceOf(string file, string id, JsonElement json, Dictionary<string, PriceSource> sources)
    {
        if (sources.TryGetValue(Text(json, "source"), out var source))
            return source;
        _faults.Add($"{file}: {id} names the source '{Text(json, "source")}'; the file has {string.Join(", ", sources.Keys)}");
        return null;
    }

    private static string Text(JsonElement json, string key) => json.GetProperty(key).GetString() is { Length: > 0 } text
        ? text
        : throw new FormatException($"'{key}' is empty");
}
