using System.Text.Json;

namespace AkiDb.Infra.Components.Observability.Dashboards;

/// <summary>A panel as Grafana's dashboard model has it.</summary>
internal static class PanelJson
{
    public static Dictionary<string, object> Of(PlacedPanel placed, int id)
    {
        var json = new Dictionary<string, object>
        {
            ["id"] = id,
            ["title"] = placed.Title,
            ["gridPos"] = new Dictionary<string, object> { ["h"] = placed.Height, ["w"] = placed.Width, ["x"] = placed.X, ["y"] = placed.Y },
        };
        if (placed.Panel is not { } panel)
        {
            json["type"] = "row";
            json["collapsed"] = false;
            json["panels"] = Array.Empty<object>();
            return json;
        }

        json["type"] = panel.Kind switch { PanelKind.TimeSeries => "timeseries", PanelKind.BarGauge => "bargauge", var kind => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()) };
        json["description"] = panel.Description;
        json["datasource"] = new Dictionary<string, object> { ["type"] = "datasource", ["uid"] = "-- Mixed --" };
        json["targets"] = panel.Queries.Select((query, index) => query.ToTarget(((char)('A' + index)).ToString(), panel.Kind)).ToArray();
        json["fieldConfig"] = new Dictionary<string, object> { ["defaults"] = Defaults(panel), ["overrides"] = Array.Empty<object>() };
        json["options"] = Options(panel.Kind);
        if (panel.Kind == PanelKind.NodeGraph)
        {
            // The graph wants its number under this name (grafana/grafana, public/app/plugins/panel/nodeGraph/utils.ts, read 2026-11).
            json["transformations"] = new[]
            {
                new Dictionary<string, object> { ["id"] = "organize", ["options"] = new Dictionary<string, object> { ["renameByName"] = new Dictionary<string, string> { ["Value"] = "mainstat" } } },
            };
        }

        return json;
    }

    private static Dictionary<string, object> Defaults(Panel panel)
    {
        var steps = panel.Thresholds.Select(threshold => new Dictionary<string, object?> { ["color"] = threshold.Color, ["value"] = threshold.From })
            .Prepend(new Dictionary<string, object?> { ["color"] = Below(panel), ["value"] = null });
        var defaults = new Dictionary<string, object>
        {
            ["unit"] = panel.Unit,
            ["color"] = new Dictionary<string, object> { ["mode"] = panel.Kind is PanelKind.TimeSeries ? "palette-classic" : "thresholds" },
            ["thresholds"] = new Dictionary<string, object> { ["mode"] = "absolute", ["steps"] = steps.ToArray() },
        };
        if (panel.Min is { } min)
            defaults["min"] = min;
        if (panel.Max is { } max)
            defaults["max"] = max;
        if (panel.Kind == PanelKind.TimeSeries)
        {
            defaults["custom"] = new Dictionary<string, object>
            {
                ["lineWidth"] = 1,
                ["fillOpacity"] = 8,
                ["showPoints"] = "never",
                ["spanNulls"] = false,
                ["thresholdsStyle"] = new Dictionary<string, object> { ["mode"] = panel.Thresholds.IsEmpty ? "off" : "line" },
            };
        }

        return defaults;
    }

    // Where green begins above, what is below it is bad.
    private static string Below(Panel panel) => panel.Thresholds.Any(threshold => threshold.Color == "green") ? "red" : "green";

    private static Dictionary<string, object> Options(PanelKind kind)
    {
        var last = new Dictionary<string, object> { ["calcs"] = new[] { "lastNotNull" }, ["fields"] = "", ["values"] = false };
        return kind switch
        {
            PanelKind.TimeSeries => new()
            {
                ["legend"] = new Dictionary<string, object> { ["displayMode"] = "list", ["placement"] = "bottom", ["showLegend"] = true, ["calcs"] = Array.Empty<string>() },
                ["tooltip"] = new Dictionary<string, object> { ["mode"] = "multi", ["sort"] = "desc" },
            },
            PanelKind.Stat => new() { ["reduceOptions"] = last, ["colorMode"] = "background", ["graphMode"] = "area", ["justifyMode"] = "auto", ["textMode"] = "auto" },
            PanelKind.Gauge => new() { ["reduceOptions"] = last, ["showThresholdLabels"] = false, ["showThresholdMarkers"] = true },
            PanelKind.BarGauge => new() { ["reduceOptions"] = last, ["displayMode"] = "basic", ["orientation"] = "horizontal" },
            PanelKind.Heatmap => new() { ["calculate"] = false, ["yAxis"] = new Dictionary<string, object> { ["unit"] = "s" }, ["color"] = new Dictionary<string, object> { ["scheme"] = "Oranges", ["mode"] = "scheme" } },
            PanelKind.Table => new() { ["showHeader"] = true },
            _ => [],
        };
    }
}
