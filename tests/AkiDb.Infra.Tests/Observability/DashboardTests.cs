using System.Text.Json;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Observability.Dashboards;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Observability;

/// <summary>Grafana's pages: what they ask is PromQL of metrics that exist, and nothing stands on anything else.</summary>
public sealed class DashboardTests : IClassFixture<RuleFiles>
{
    private readonly RuleFiles _files;

    public DashboardTests(RuleFiles files) => _files = files;

    public static TheoryData<string> Pages => [.. DashboardCatalogue.All.Select(page => page.Uid)];

    [Fact]
    public void Catalogue_HasTheEightPagesOfTheSpecification() => DashboardCatalogue.All.Select(page => page.Uid).Should().BeEquivalentTo(
        "akidb-golden-signals", "akidb-slo", "akidb-anomaly", "akidb-cost", "akidb-edge", "akidb-service-map", "akidb-predictor", "akidb-karpenter");

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Expressions_OfAPage_AreParsedByPrometheusAndNameMetricsThatExist(string uid)
    {
        var expressions = Page(uid).Rows.SelectMany(row => row.Panels).SelectMany(panel => panel.Queries).OfType<PrometheusQuery>().Select(query => query.Expression).ToList();
        expressions.Should().NotBeEmpty();
        foreach (var expression in expressions)
            MetricNames.In(expression).Where(name => !MetricNames.IsExported(name)).Should().BeEmpty(expression);

        // promtool parses expressions where rules stand.
        var file = _files.Write(JsonSerializer.Serialize(new
        {
            groups = new[] { new { name = uid, rules = expressions.Select((expression, index) => new { record = $"panel:{index}", expr = expression }) } },
        }));
        var check = await ToolRun.OfAsync("promtool", "check", "rules", file);

        check.ExitCode.Should().Be(0, check.Output);
        check.Output.Should().Contain($"{expressions.Count} rules found");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Layout_OfAPage_StaysOnTheGridWithoutOverlaps(string uid)
    {
        var placed = Page(uid).Layout().ToList();

        placed.Should().OnlyContain(panel => panel.X >= 0 && panel.X + panel.Width <= Dashboard.Columns && panel.Height > 0 && panel.Width > 0);
        foreach (var (panel, index) in placed.Select((panel, index) => (panel, index)))
        {
            placed.Skip(index + 1).Where(other => panel.X < other.X + other.Width && other.X < panel.X + panel.Width && panel.Y < other.Y + other.Height && other.Y < panel.Y + panel.Height)
                .Should().BeEmpty($"nothing stands on '{panel.Title}'");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void File_OfAPage_IsADashboardModelOfGrafana(string uid)
    {
        using var json = JsonDocument.Parse(Page(uid).File());
        var page = json.RootElement;
        var panels = page.GetProperty("panels").EnumerateArray().ToList();

        page.GetProperty("uid").GetString().Should().Be(uid).And.MatchRegex("^[a-z0-9-]{1,40}$", "Grafana allows 40 characters");
        // W15's pages have a "dashboard" around everything, which is the API's shape and loads as an empty page.
        page.TryGetProperty("dashboard", out _).Should().BeFalse();
        page.GetProperty("schemaVersion").GetInt32().Should().BeInRange(39, 42);
        panels.Select(panel => panel.GetProperty("id").GetInt32()).Should().OnlyHaveUniqueItems();
        foreach (var panel in panels.Where(panel => panel.GetProperty("type").GetString() != "row"))
        {
            // "graph" and "singlestat" are gone since Grafana 11.
            panel.GetProperty("type").GetString().Should().BeOneOf("timeseries", "stat", "gauge", "bargauge", "table", "heatmap", "nodeGraph");
            panel.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("refId").GetString()).Should().OnlyHaveUniqueItems().And.NotBeEmpty();
            panel.GetProperty("fieldConfig").GetProperty("defaults").GetProperty("unit").GetString().Should().NotBeNullOrEmpty(panel.GetProperty("title").GetString());
            var steps = panel.GetProperty("fieldConfig").GetProperty("defaults").GetProperty("thresholds").GetProperty("steps").EnumerateArray().ToList();
            steps[0].GetProperty("value").ValueKind.Should().Be(JsonValueKind.Null, "the first step has no lower end");
            steps.Skip(1).Select(step => step.GetProperty("value").GetDouble()).Should().BeInAscendingOrder();
        }
    }

    [Fact]
    public void Edge_ItsOwnMetrics_AreALineAFunctionBecauseEnvironmentsShareAccounts()
    {
        var queries = Page("akidb-edge").Rows.SelectMany(row => row.Panels).SelectMany(panel => panel.Queries).OfType<CloudWatchQuery>()
            .Where(query => query.Namespace == EdgeMetricNames.Namespace).ToList();

        queries.Should().NotBeEmpty().And.OnlyContain(query => query.Dimensions.Single().Key == "Function" && query.Dimensions.Single().Value == "*"
            && query.Legend.StartsWith("${PROP('Dim.Function')} "));
    }

    [Fact]
    public void Files_FitIntoConfigMaps() =>
        DashboardCatalogue.All.Should().OnlyContain(page => page.File().Length < 900_000, "an object of Kubernetes holds a megabyte");

    private static Dashboard Page(string uid) => DashboardCatalogue.All.Single(page => page.Uid == uid);
}
