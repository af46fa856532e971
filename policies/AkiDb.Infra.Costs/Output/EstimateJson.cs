using System.Text.Encodings.Web;
using System.Text.Json;
using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Costs.Prices;

namespace AkiDb.Infra.Costs.Output;

/// <summary>The estimate as JSON, docs/costs.md describes it. Money is a number with two places; equal estimates give equal bytes.</summary>
public static class EstimateJson
{
    /// <summary>Version of the format.</summary>
    public const int Version = 1;

    private static readonly JsonWriterOptions Format = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>Writes it as UTF-8 with a newline at the end.</summary>
    public static void Write(Stream stream, CostEstimate estimate, IReadOnlyCollection<ScenarioTotal> scenarios)
    {
        using (var writer = new Utf8JsonWriter(stream, Format))
        {
            writer.WriteStartObject();
            writer.WriteNumber("costVersion", Version);
            writer.WriteString("environment", estimate.Environment);
            writer.WriteString("scenario", estimate.Scenario);
            writer.WriteString("currency", "USD");
            WriteNumber(writer, "requestsPerMonth", estimate.RequestsPerMonth);
            writer.WriteNumber("monthlyUsd", estimate.TotalUsd);
            writer.WriteNumber("baselineUsd", estimate.BaselineUsd);
            writer.WriteNumber("usageUsd", estimate.UsageUsd);
            WriteCoverage(writer, estimate);
            WriteAmounts(writer, "services", "service", estimate.ByService);
            WriteAmounts(writer, "regions", "region", estimate.ByRegion);
            WriteScenarios(writer, scenarios);
            WriteCapacity(writer, estimate);
            writer.WriteStartArray("notes");
            foreach (var note in estimate.Notes)
                writer.WriteStringValue(note);
            writer.WriteEndArray();
            writer.WriteStartArray("resources");
            foreach (var resource in estimate.Resources)
                WriteResource(writer, resource);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteCoverage(Utf8JsonWriter writer, CostEstimate estimate)
    {
        writer.WriteStartObject("coverage");
        foreach (var state in Enum.GetValues<CoverageState>())
            writer.WriteNumber(Camel(state), estimate.Count(state));
        writer.WriteNumber("errors", estimate.Errors.Count());
        writer.WriteEndObject();
    }

    private static void WriteAmounts(Utf8JsonWriter writer, string list, string key, IEnumerable<(string Key, decimal Usd)> amounts)
    {
        writer.WriteStartArray(list);
        foreach (var (name, usd) in amounts)
        {
            writer.WriteStartObject();
            writer.WriteString(key, name);
            writer.WriteNumber("monthlyUsd", usd);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteScenarios(Utf8JsonWriter writer, IEnumerable<ScenarioTotal> scenarios)
    {
        writer.WriteStartArray("scenarios");
        foreach (var scenario in scenarios)
        {
            writer.WriteStartObject();
            writer.WriteString("scenario", scenario.Name);
            WriteNumber(writer, "requestsPerMonth", scenario.RequestsPerMonth);
            writer.WriteNumber("monthlyUsd", scenario.TotalUsd);
            writer.WriteBoolean("holdsTarget", scenario.HoldsTarget);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteCapacity(Utf8JsonWriter writer, CostEstimate estimate)
    {
        writer.WriteStartArray("capacity");
        foreach (var region in estimate.Capacity)
        {
            writer.WriteStartObject();
            writer.WriteString("region", region.Region);
            writer.WriteNumber("peakRequestsPerSecond", Math.Round(region.PeakQps, 3));
            writer.WriteNumber("leastReplicas", region.Replicas.Least);
            writer.WriteNumber("mostReplicas", region.Replicas.Most);
            writer.WriteNumber("replicaHours", decimal.Round(region.ReplicaHours, 2));
            writer.WriteNumber("nodeHours", decimal.Round(region.TotalHours, 2));
            writer.WriteNumber("spotShare", decimal.Round(region.SpotShare, 4));
            writer.WriteNumber("spotPodShare", Math.Round(region.SpotPodShare, 4));
            writer.WriteNumber("cpuUtilisation", Math.Round(region.Utilisation.Cpu, 4));
            writer.WriteNumber("memoryUtilisation", Math.Round(region.Utilisation.Memory, 4));
            writer.WriteNumber("wasteUsd", region.WasteUsd);
            writer.WriteNumber("bandLowUsd", region.BandUsd.Low);
            writer.WriteNumber("bandHighUsd", region.BandUsd.High);
            WriteNumber(writer, "ceilingUsd", region.CeilingUsd);
            writer.WriteNumber("interruptionsPerMonth", Math.Round(region.InterruptionsPerMonth, 3));
            writer.WriteNumber("unplacedPods", region.UnplacedPods);
            writer.WriteStartArray("nodes");
            foreach (var hours in region.Hours)
            {
                writer.WriteStartObject();
                writer.WriteString("type", hours.Type);
                writer.WriteString("capacityType", hours.IsSpot ? "spot" : "on-demand");
                writer.WriteNumber("hours", decimal.Round(hours.Hours, 2));
                writer.WriteNumber("usdPerHour", hours.Price.FirstUsd);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteResource(Utf8JsonWriter writer, ResourceCost resource)
    {
        writer.WriteStartObject();
        writer.WriteString("id", resource.Id);
        writer.WriteString("name", resource.Name);
        WriteText(writer, "type", resource.Type);
        WriteText(writer, "region", resource.Region);
        writer.WriteString("state", Camel(resource.State));
        WriteText(writer, "reason", resource.Reason);
        writer.WriteNumber("monthlyUsd", resource.MonthlyUsd);
        writer.WriteStartArray("lines");
        foreach (var line in resource.Lines)
            WriteLine(writer, line);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteLine(Utf8JsonWriter writer, CostLine line)
    {
        writer.WriteStartObject();
        writer.WriteString("name", line.Name);
        writer.WriteString("priceId", line.PriceId);
        WriteText(writer, "region", line.Region);
        writer.WriteString("state", Camel(line.State));
        writer.WriteBoolean("isUsage", line.IsUsage);
        WriteText(writer, "usageKey", line.UsageKey);
        WriteNumber(writer, "quantity", line.Quantity is { } quantity ? decimal.Round(quantity, 6) : null);
        if (line.Price is { } price)
            WritePrice(writer, price);
        if (line.State == LineState.Priced)
            writer.WriteNumber("monthlyUsd", line.MonthlyUsd);
        WriteText(writer, "note", line.Note);
        writer.WriteEndObject();
    }

    private static void WritePrice(Utf8JsonWriter writer, Price price)
    {
        writer.WriteStartObject("price");
        writer.WriteNumber("usd", price.FirstUsd);
        writer.WriteNumber("per", price.Per);
        writer.WriteString("unit", price.Unit);
        writer.WriteString("source", price.Source.Text);
        writer.WriteString("effective", price.Source.Effective.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteString("confidence", Camel(price.Source.Confidence));
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string key, string? text)
    {
        if (text is not null)
            writer.WriteString(key, text);
    }

    private static void WriteNumber(Utf8JsonWriter writer, string key, decimal? number)
    {
        if (number is { } known)
            writer.WriteNumber(key, known);
    }

    private static string Camel<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
