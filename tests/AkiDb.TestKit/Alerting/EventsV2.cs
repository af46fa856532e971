using System.Text.Json;

namespace AkiDb.TestKit.Alerting;

/// <summary>What PagerDuty's Events API v2 wants of an event (PagerDuty/api-schema, reference/events-v2/openapiv3.json, and the limits
/// of its "Send an Alert Event" page; read 2026-11).</summary>
internal static class EventsV2
{
    private static readonly string[] Actions = ["trigger", "acknowledge", "resolve"];
    private static readonly string[] Severities = ["critical", "error", "warning", "info"];

    private const int KeyLength = 32;
    private const int DedupKeyLength = 255;
    private const int SummaryLength = 1024;

    /// <summary>What is wrong with an event; nothing if it is good.</summary>
    public static IEnumerable<string> Problems(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            yield return "Event object format is unrecognized";
            yield break;
        }

        if (Text(json, "routing_key") is not { Length: KeyLength })
            yield return $"Length of 'routing_key' is incorrect (should be {KeyLength} characters)";
        var action = Text(json, "event_action");
        if (!Actions.Contains(action))
            yield return "'event_action' is missing or not one of trigger, acknowledge, resolve";
        var key = Text(json, "dedup_key");
        if (key is { Length: > DedupKeyLength })
            yield return $"'dedup_key' is longer than {DedupKeyLength} characters";
        if (action != "trigger" && string.IsNullOrEmpty(key))
            yield return "'dedup_key' is missing or blank";
        if (action == "trigger")
        {
            foreach (var problem in PayloadProblems(json))
                yield return problem;
        }

        foreach (var link in Items(json, "links").Where(link => string.IsNullOrEmpty(Text(link, "href"))))
            yield return $"'links' holds one without href: {link}";
        foreach (var image in Items(json, "images").Where(image => Text(image, "src") is not { } source || !source.StartsWith("https://", StringComparison.Ordinal)))
            yield return $"'images' holds one without an HTTPS src: {image}";
    }

    private static IEnumerable<string> PayloadProblems(JsonElement json)
    {
        if (!json.TryGetProperty("payload", out var payload) || payload.ValueKind != JsonValueKind.Object)
        {
            yield return "'payload' is missing or blank";
            yield break;
        }

        if (Text(payload, "summary") is not { Length: > 0 and <= SummaryLength })
            yield return $"'payload.summary' is missing, blank or longer than {SummaryLength} characters";
        if (string.IsNullOrEmpty(Text(payload, "source")))
            yield return "'payload.source' is missing or blank";
        if (!Severities.Contains(Text(payload, "severity")))
            yield return "'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')";
        if (Text(payload, "timestamp") is { } time && !DateTimeOffset.TryParse(time, System.Globalization.CultureInfo.InvariantCulture, out _))
            yield return "'payload.timestamp' is no time";
        if (payload.TryGetProperty("custom_details", out var details) && details.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
            yield return "'payload.custom_details' is no object";
    }

    internal static string? Text(JsonElement json, string key) =>
        json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement json, string key) =>
        json.TryGetProperty(key, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;
}
