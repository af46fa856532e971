namespace AkiDb.Infra.Components.Observability.Dashboards;

/// <summary>What a panel asks a data source.</summary>
/// <param name="Legend">Name of the lines; <c>{{label}}</c> in Prometheus' case.</param>
public abstract record PanelQuery(string Legend)
{
    internal abstract Dictionary<string, object> ToTarget(string refId, PanelKind kind);
}

/// <summary>PromQL.</summary>
/// <param name="Expression">Only metrics of a <see cref="Metrics.MetricSource"/>, which a test asks.</param>
/// <param name="Legend">Name of the lines.</param>
public sealed record PrometheusQuery(string Expression, string Legend) : PanelQuery(Legend)
{
    internal override Dictionary<string, object> ToTarget(string refId, PanelKind kind)
    {
        var isTable = kind is PanelKind.Table or PanelKind.NodeGraph;
        var isNow = isTable || kind is PanelKind.Stat or PanelKind.Gauge or PanelKind.BarGauge;
        return new Dictionary<string, object>
        {
            ["refId"] = refId,
            ["datasource"] = new Dictionary<string, object> { ["type"] = "prometheus", ["uid"] = "${datasource}" },
            ["editorMode"] = "code",
            ["expr"] = Expression,
            ["legendFormat"] = Legend,
            ["instant"] = isNow,
            ["range"] = !isNow,
            ["format"] = isTable ? "table" : kind == PanelKind.Heatmap ? "heatmap" : "time_series",
        };
    }
}

/// <summary>A CloudWatch metric: what only AWS sees.</summary>
/// <param name="Namespace">E.g. <c>AWS/CloudFront</c>.</param>
/// <param name="Metric">Name.</param>
/// <param name="Statistic">E.g. <c>Sum</c>, <c>p95</c>.</param>
/// <param name="Region">AWS region that holds it.</param>
/// <param name="Legend">Name of the lines.</param>
public sealed record CloudWatchQuery(string Namespace, string Metric, string Statistic, string Region, string Legend) : PanelQuery(Legend)
{
    /// <summary>Dimensions and their values; <c>*</c> for each. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Dimensions { get; init; } = new Dictionary<string, string>();

    internal override Dictionary<string, object> ToTarget(string refId, PanelKind kind) => new()
    {
        ["refId"] = refId,
        ["datasource"] = new Dictionary<string, object> { ["type"] = "cloudwatch", ["uid"] = CloudWatchSource.Uid },
        ["queryMode"] = "Metrics",
        // "Metric search" in the builder: 0 and 0 are the ids that Grafana's CloudWatch plugin gives them.
        ["metricQueryType"] = 0,
        ["metricEditorMode"] = 0,
        ["namespace"] = Namespace,
        ["metricName"] = Metric,
        ["statistic"] = Statistic,
        ["region"] = Region,
        ["dimensions"] = Dimensions.ToDictionary(dimension => dimension.Key, dimension => (object)new[] { dimension.Value }),
        ["matchExact"] = true,
        ["period"] = "60",
        ["label"] = Legend,
    };
}
