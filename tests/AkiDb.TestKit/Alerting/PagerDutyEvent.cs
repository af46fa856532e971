using System.Text.Json;

namespace AkiDb.TestKit.Alerting;

/// <summary>An event that PagerDuty accepted.</summary>
/// <param name="At">When it came.</param>
/// <param name="Service">Name of the service whose key it bore.</param>
/// <param name="Action"><c>trigger</c>, <c>acknowledge</c> or <c>resolve</c>.</param>
/// <param name="DedupKey">What tells incidents apart.</param>
/// <param name="OpensIncident">It is the first of its incident: a page on a service of high urgency.</param>
/// <param name="Payload">The payload of a trigger; undefined otherwise.</param>
public sealed record PagerDutyEvent(DateTimeOffset At, string Service, string Action, string DedupKey, bool OpensIncident, JsonElement Payload)
{
    /// <summary>The line that the telephone shows.</summary>
    public string Summary => Payload.ValueKind == JsonValueKind.Object ? Payload.GetProperty("summary").GetString()! : "";

    /// <summary>What the details say under a key.</summary>
    public string Detail(string key) =>
        Payload.ValueKind == JsonValueKind.Object && Payload.TryGetProperty("custom_details", out var details) && details.TryGetProperty(key, out var text)
            ? text.GetString()!
            : "";
}
