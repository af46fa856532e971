using System.Text.Encodings.Web;
using System.Text.Json;
using AkiDb.Contracts;

namespace AkiDb.Infra.Components.Observability;

/// <summary>Fluent Bit's configuration file, as JSON, which is YAML too (Fluent Bit manual, "YAML configuration", from memory, 2026-11).</summary>
internal static class FluentBitConfiguration
{
    /// <summary>Port of health check and metrics.</summary>
    public const int Port = 2020;

    private static readonly JsonSerializerOptions Format = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
    };

    /// <summary>The file's text.</summary>
    /// <param name="region">AWS region.</param>
    /// <param name="group">Log group; it exists already.</param>
    public static string Text(string region, string group) => JsonSerializer.Serialize(new
    {
        service = new Dictionary<string, object>
        {
            ["flush"] = 5,
            ["grace"] = 20,
            ["log_level"] = "warn",
            ["http_server"] = "on",
            ["http_port"] = Port,
            ["health_check"] = "on",
        },
        pipeline = new
        {
            inputs = new[]
            {
                new Dictionary<string, object>
                {
                    ["name"] = "tail",
                    ["tag"] = "kube.*",
                    // Only what is ours: the rest of kube-system is noise at $0.50 to $0.76 a gigabyte.
                    ["path"] = $"/var/log/containers/*_{ServiceNames.Namespace}_*.log,/var/log/containers/*_{MonitoringNames.Namespace}_*.log",
                    ["multiline.parser"] = "cri",
                    // Where each file was left, over restarts of the container; a new pod begins at the ends.
                    ["db"] = "/state/tail.db",
                    ["mem_buf_limit"] = "32MB",
                    ["skip_long_lines"] = "on",
                },
            },
            filters = new[]
            {
                new Dictionary<string, object>
                {
                    ["name"] = "kubernetes",
                    ["match"] = "kube.*",
                    // A service's JSON line becomes the event itself, so that queries say LogLevel and not log_processed.LogLevel.
                    ["merge_log"] = "on",
                    ["keep_log"] = "off",
                    ["labels"] = "off",
                    ["annotations"] = "off",
                },
            },
            outputs = new[]
            {
                new Dictionary<string, object>
                {
                    ["name"] = "cloudwatch_logs",
                    ["match"] = "kube.*",
                    ["region"] = region,
                    ["log_group_name"] = group,
                    ["log_stream_prefix"] = "node-",
                    ["auto_create_group"] = "off",
                    ["retry_limit"] = 5,
                },
            },
        },
    }, Format);
}
