using System.Globalization;
using System.Xml.Linq;
using AkiDb.Infra.Cli.Reports.Picture;
using AkiDb.Infra.Components.Observability.Dashboards;

namespace AkiDb.Infra.Cli.Reports.Html;

/// <summary>The layout of Grafana's pages, to look at without a Grafana: where each panel stands and what it asks.</summary>
internal static class DashboardPage
{
    // One column of Grafana's grid, and one line of 30 pixels, drawn at two thirds.
    private const int ColumnPixels = 50;
    private const int LinePixels = 20;

    /// <summary>The page.</summary>
    public static HtmlPage Of(IReadOnlyCollection<Dashboard> dashboards) => new("AkiDB: dashboards", ["page.css", "dashboards.css"],
    [
        new XElement("main", new XElement("h1", "Dashboards"), dashboards.Select(Section)),
    ]);

    private static XElement Section(Dashboard dashboard) => new("section",
        new XElement("h2", dashboard.Title), new XElement("p", dashboard.Description), Drawing(dashboard));

    private static XElement Drawing(Dashboard dashboard)
    {
        var panels = dashboard.Layout().ToList();
        var height = panels.Max(panel => panel.Y + panel.Height) * LinePixels;
        return new XElement("svg", new XAttribute("viewBox", $"0 0 {Dashboard.Columns * ColumnPixels} {height}"), new XAttribute("role", "img"),
            new XAttribute("aria-label", dashboard.Title), panels.Select(Group));
    }

    private static XElement Group(PlacedPanel placed)
    {
        var (x, y) = (placed.X * ColumnPixels, placed.Y * LinePixels);
        if (placed.Panel is not { } panel)
            return new XElement("g", Svg.Text(placed.Title, x + 10, y + 15, "row"));
        return new XElement("g",
            Svg.Rect(new PictureArea(x + 3, y + 3, (placed.Width * ColumnPixels) - 6, (placed.Height * LinePixels) - 6), 4, "panel"),
            Svg.Text(placed.Title, x + 10, y + 20, "title"),
            Svg.Text($"{panel.Kind}, {panel.Unit}{Limits(panel)}", x + 10, y + 36, "kind"),
            panel.Queries.Take(placed.Height - 3).Select((query, index) => Svg.Text(Shortened(Ask(query), (placed.Width * ColumnPixels) - 20), x + 10, y + 54 + (index * 16), "query")),
            new XElement("title", string.Join('\n', panel.Queries.Select(Ask).Prepend(panel.Description).Where(line => line.Length > 0))));
    }

    private static string Limits(Panel panel) => string.Concat(panel.Thresholds.Select(threshold =>
        string.Create(CultureInfo.InvariantCulture, $", {threshold.Color} from {threshold.From:0.####}")));

    private static string Ask(PanelQuery query) => query switch
    {
        PrometheusQuery prometheus => prometheus.Expression,
        CloudWatchQuery cloudWatch => $"{cloudWatch.Namespace} {cloudWatch.Metric} {cloudWatch.Statistic} ({cloudWatch.Region})",
        _ => query.Legend,
    };

    // The whole text is in the tooltip; a letter of 10 pixels is 6 wide.
    private static string Shortened(string text, int pixels) => text.Length * 6 <= pixels ? text : text[..Math.Max(0, (pixels / 6) - 1)] + "…";
}
