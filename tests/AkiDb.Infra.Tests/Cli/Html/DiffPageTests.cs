using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Cli.Reports.Html;
using AkiDb.Infra.Plan;
using AngleSharp.Html.Parser;

namespace AkiDb.Infra.Tests.Cli.Html;

public sealed class DiffPageTests
{
    [Fact]
    public async Task Page_ProdAndStaging_ShowsOldAndNewValues()
    {
        var document = Parse(await PreviewPageTests.PlanAsync("prod"), await PreviewPageTests.PlanAsync("staging"));

        var change = document.QuerySelectorAll(".change").Single(element => element.QuerySelector(".name")!.TextContent == "us-east-1-cluster-logs");
        change.QuerySelector("dt")!.TextContent.Should().Be("retentionInDays");
        change.QuerySelector("dd.removed")!.TextContent.Should().Be("365");
        change.QuerySelector("dd.added")!.TextContent.Should().Be("90");
    }

    [Fact]
    public void Page_HostileNames_StayText()
    {
        var document = Parse(SamplePlans.HostilePlan(), new HandMadePlan(SamplePlans.Hostile).Build());

        document.QuerySelectorAll("script, img").Should().BeEmpty();
        document.QuerySelectorAll("details").Should().NotBeEmpty();
    }

    [Fact]
    public void Page_EqualPlans_SaysSo() =>
        Parse(SamplePlans.Grown(), SamplePlans.Grown()).QuerySelector("main")!.TextContent.Should().Be("a → bNo difference.");

    private static AngleSharp.Html.Dom.IHtmlDocument Parse(StackPlan before, StackPlan after) =>
        new HtmlParser().ParseDocument(DiffPage.Of([new PlanPair("a", before, "b", after)]).ToString());
}
