using System.Collections.Immutable;
using System.Text.Json;

namespace AkiDb.Infra.Components.Observability.Dashboards;

/// <summary>Panels under one heading.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Panels">Left to right; one that does not fit begins the next line.</param>
public sealed record DashboardRow(string Title, ImmutableArray<Panel> Panels);

/// <summary>A page of Grafana.</summary>
public sealed record Dashboard
{
    /// <summary>Columns of Grafana's grid.</summary>
    public const int Columns = 24;

    // Grafana 12's model (kinds/dashboard in grafana/grafana, read 2026-11); older files are migrated when loaded, newer refused.
    private const int SchemaVersion = 41;

    /// <summary>Part of its address, and the ConfigMap's name: lower-case letters and hyphens, begins with <c>akidb-</c>.</summary>
    public required string Uid { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>What question it answers.</summary>
    public required string Description { get; init; }

    /// <summary>How far back it looks at first. Default: 6 hours.</summary>
    public string Since { get; init; } = "now-6h";

    /// <summary>Top to bottom.</summary>
    public required ImmutableArray<DashboardRow> Rows { get; init; }

    /// <summary>Where everything stands.</summary>
    public IEnumerable<PlacedPanel> Layout()
    {
        var y = 0;
        foreach (var row in Rows)
        {
            yield return new PlacedPanel(row.Title, null, 0, y, Columns, 1);
            y++;
            var (x, lineHeight) = (0, 0);
            foreach (var panel in row.Panels)
            {
                if (x + panel.Width > Columns)
                    (x, y, lineHeight) = (0, y + lineHeight, 0);
                yield return new PlacedPanel(panel.Title, panel, x, y, panel.Width, panel.Height);
                (x, lineHeight) = (x + panel.Width, Math.Max(lineHeight, panel.Height));
            }

            y += lineHeight;
        }
    }

    /// <summary>The file that Grafana reads.</summary>
    public string File() => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["uid"] = Uid,
        ["title"] = Title,
        ["description"] = Description,
        ["tags"] = new[] { "akidb" },
        ["schemaVersion"] = SchemaVersion,
        ["version"] = 1,
        ["editable"] = false,
        ["graphTooltip"] = 1,
        ["refresh"] = "30s",
        ["time"] = new Dictionary<string, string> { ["from"] = Since, ["to"] = "now" },
        ["timezone"] = "browser",
        // From each page to all others.
        ["links"] = new[]
        {
            new Dictionary<string, object> { ["type"] = "dashboards", ["title"] = "AkiDB", ["tags"] = new[] { "akidb" }, ["asDropdown"] = true, ["includeVars"] = true, ["keepTime"] = true },
        },
        ["templating"] = new Dictionary<string, object>
        {
            ["list"] = new[]
            {
                new Dictionary<string, object> { ["name"] = "datasource", ["label"] = "Prometheus", ["type"] = "datasource", ["query"] = "prometheus", ["hide"] = 0 },
            },
        },
        ["panels"] = Layout().Select((placed, index) => PanelJson.Of(placed, index + 1)).ToArray(),
    }, JsonText.Indented);
}

/// <summary>A panel, or the heading of a row, in its place.</summary>
/// <param name="Title">Title.</param>
/// <param name="Panel">The panel; null for a heading.</param>
/// <param name="X">Column, from 0.</param>
/// <param name="Y">Line of 30 pixels, from 0.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Lines.</param>
public sealed record PlacedPanel(string Title, Panel? Panel, int X, int Y, int Width, int Height);
