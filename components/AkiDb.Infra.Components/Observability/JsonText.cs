using System.Text.Encodings.Web;
using System.Text.Json;

namespace AkiDb.Infra.Components.Observability;

/// <summary>How files for Prometheus, Alertmanager and Grafana are written: JSON, which is YAML too.</summary>
internal static class JsonText
{
    /// <summary>Indented, with "&gt;" and "'" as themselves: people read expressions in these files.</summary>
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
