using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AkiDb.Infra.Components.Observability.Collectors;

/// <summary>
/// The configuration of an OpenTelemetry collector with one pipeline, of traces. Written as JSON, which is YAML too and has no
/// surprises with colons and numbers. Names and fields are those of the components' own READMEs, as far as TracingTests says.
/// </summary>
internal sealed record CollectorConfiguration
{
    /// <summary>Port of the collector's own metrics.</summary>
    public const int MetricsPort = 8888;

    /// <summary>Port of the health check.</summary>
    public const int HealthPort = 13133;

    /// <summary>Port of OTLP over gRPC.</summary>
    public const int OtlpPort = 4317;

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        Converters = { new GoDurationConverter() },
    };

    /// <summary>How spans come in.</summary>
    public required ImmutableArray<CollectorPart> Receivers { get; init; }

    /// <summary>What happens to them, in this order.</summary>
    public required ImmutableArray<CollectorPart> Processors { get; init; }

    /// <summary>Where they go.</summary>
    public required ImmutableArray<CollectorPart> Exporters { get; init; }

    /// <summary>What helps the others; the health check is always there.</summary>
    public ImmutableArray<CollectorPart> Extensions { get; init; } = [];

    /// <summary>The file's text.</summary>
    /// <exception cref="InvalidOperationException">Two parts of one kind share a name, or memory is not limited first.</exception>
    public string Text()
    {
        // Whatever stands before the limiter has taken the memory already (memorylimiterprocessor README).
        if (Processors is not [MemoryLimiter, ..])
            throw new InvalidOperationException("A collector's first processor must be the memory limiter.");
        ImmutableArray<CollectorPart> extensions = [new HealthCheck(), .. Extensions];
        return new JsonObject
        {
            ["extensions"] = Section(extensions),
            ["receivers"] = Section(Receivers),
            ["processors"] = Section(Processors),
            ["exporters"] = Section(Exporters),
            ["service"] = new JsonObject
            {
                ["extensions"] = Names(extensions),
                ["pipelines"] = new JsonObject
                {
                    ["traces"] = new JsonObject
                    {
                        ["receivers"] = Names(Receivers),
                        ["processors"] = Names(Processors),
                        ["exporters"] = Names(Exporters),
                    },
                },
                ["telemetry"] = JsonNode.Parse($$"""
                    {
                      "logs": { "encoding": "json" },
                      "metrics": { "readers": [{ "pull": { "exporter": { "prometheus": { "host": "0.0.0.0", "port": {{MetricsPort}} } } } }] }
                    }
                    """),
            },
        }.ToJsonString(Format);
    }

    private static JsonObject Section(ImmutableArray<CollectorPart> parts)
    {
        var section = new JsonObject();
        foreach (var part in parts)
        {
            if (!section.TryAdd(part.Id, JsonSerializer.SerializeToNode(part, part.GetType(), Format)))
                throw new InvalidOperationException($"Two parts of a collector are called '{part.Id}'.");
        }

        return section;
    }

    private static JsonArray Names(ImmutableArray<CollectorPart> parts) => [.. parts.Select(part => JsonValue.Create(part.Id))];

    /// <summary>Durations as Go writes them: <c>10s</c>, <c>200ms</c>.</summary>
    private sealed class GoDurationConverter : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Collector configurations are only written.");

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteStringValue(
            FormattableString.Invariant(value.Milliseconds == 0 ? (FormattableString)$"{value.TotalSeconds:0}s" : $"{value.TotalMilliseconds:0}ms"));
    }
}
