namespace AkiDb.Infra.Components.Observability.Alerting;

/// <summary>Hands a group of alerts to one PagerDuty service, by Events API v2.</summary>
/// <param name="Name">Name that routes use.</param>
/// <param name="KeyFile">File that holds the service's integration key; the key itself is in no configuration.</param>
/// <param name="Severity">PagerDuty's word: critical, error, warning or info.</param>
public sealed record PagerDutyReceiver(string Name, string KeyFile, string Severity)
{
    // The place is common to a group; names of alerts need not be.
    private const string Summary = "{{ with index .Alerts 0 }}{{ if .Annotations.summary }}{{ .Annotations.summary }}{{ else }}{{ .Labels.alertname }}{{ end }}{{ end }}"
        + "{{ if gt (len .Alerts) 1 }} (and more: {{ len .Alerts }} alerts){{ end }}";

    private const string Runbooks = "{{ range .Alerts }}{{ if .Annotations.runbook_url }}{{ .Labels.alertname }}: {{ .Annotations.runbook_url }}\n{{ end }}{{ end }}";

    internal Dictionary<string, object> ToConfig() => new()
    {
        ["name"] = Name,
        ["pagerduty_configs"] = new[]
        {
            new Dictionary<string, object>
            {
                ["routing_key_file"] = KeyFile,
                ["severity"] = Severity,
                ["description"] = Summary,
                // Also the event's source, which Events v2 asks for.
                ["client"] = "{{ with .CommonLabels.cluster }}{{ . }}{{ else }}akidb{{ end }}",
                ["class"] = "{{ .CommonLabels.area }}",
                ["component"] = "{{ .CommonLabels.alertname }}",
                ["group"] = "{{ .CommonLabels.region }}",
                ["details"] = new Dictionary<string, string>
                {
                    ["firing"] = "{{ range .Alerts.Firing }}{{ .Labels.alertname }} ({{ .Labels.severity }}): {{ .Annotations.description }}\n{{ end }}",
                    ["resolved"] = "{{ range .Alerts.Resolved }}{{ .Labels.alertname }}\n{{ end }}",
                    ["runbooks"] = Runbooks,
                    ["num_firing"] = "{{ .Alerts.Firing | len }}",
                    ["num_resolved"] = "{{ .Alerts.Resolved | len }}",
                },
            },
        },
    };
}
