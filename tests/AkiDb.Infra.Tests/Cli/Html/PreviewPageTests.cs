using System.Text;
using System.Xml.Linq;
using AkiDb.Infra.Cli.Reports.Html;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Json;
using AkiDb.TestKit;
using AngleSharp.Html.Parser;

namespace AkiDb.Infra.Tests.Cli.Html;

public sealed class PreviewPageTests
{
    public static TheoryData<string> Plans => ["prod", "grown", "hostile"];

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task Page_AnyPlan_IsWellFormed(string plan)
    {
        var html = Page(await PlanAsync(plan)).ToString();

        var problems = new List<string>();
        var parser = new HtmlParser(new HtmlParserOptions { IsStrictMode = false });
        parser.Error += (_, problem) => problems.Add(((AngleSharp.Html.Dom.Events.HtmlErrorEvent)problem).Message);
        var document = parser.ParseDocument(html);
        problems.Should().BeEmpty();
        foreach (var svg in document.QuerySelectorAll("svg"))
            XDocument.Parse(svg.OuterHtml).Root!.Name.LocalName.Should().Be("svg");
        document.QuerySelectorAll("[id]").Select(element => element.Id).Should().OnlyHaveUniqueItems();
        document.QuerySelectorAll("a[href^='#r']").Select(link => link.GetAttribute("href")![1..])
            .Should().OnlyContain(target => document.GetElementById(target) != null);
    }

    [Fact]
    public void Page_HostileNames_StayText()
    {
        var document = new HtmlParser().ParseDocument(Page(SamplePlans.HostilePlan()).ToString());

        // Its own script and its data, and no element or handler that the plan has brought.
        document.QuerySelectorAll("script").Should().HaveCount(2);
        document.QuerySelectorAll("img").Should().BeEmpty();
        document.All.SelectMany(element => element.Attributes).Should().NotContain(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal));
        document.QuerySelector("h1")!.TextContent.Should().Be(SamplePlans.Hostile.Replace('\u0001', '\ufffd'));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task Page_AnyPlan_AsksNoServer(string plan)
    {
        var html = Page(await PlanAsync(plan)).ToString();

        var document = new HtmlParser().ParseDocument(html);
        document.QuerySelectorAll("[src], link, iframe, object, embed, base").Should().BeEmpty();
        document.QuerySelectorAll("[href]").Select(element => element.GetAttribute("href")).Should().OnlyContain(target => target!.StartsWith('#'));
        document.QuerySelectorAll("style").Should().OnlyContain(style => !style.TextContent.Contains("url(") && !style.TextContent.Contains("@import"));
        document.QuerySelector("meta[http-equiv]")!.GetAttribute("content").Should().StartWith("default-src 'none'");
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task Page_EqualPlans_AreEqualBytes(string plan)
    {
        var first = await PlanAsync(plan);
        using var file = new MemoryStream();
        PlanJson.Write(file, first);

        Page(PlanJson.Read(file.ToArray(), plan)).ToBytes().Should().Equal(Page(first).ToBytes());
    }

    [Fact]
    public async Task Page_Prod_HasNoPathOfThisMachine() =>
        // /tmp/akidb is a path of the warm tier's, not of this machine.
        Page(await PlanAsync("prod")).ToString().Replace("/tmp/akidb", "", StringComparison.Ordinal).Should().NotContain(RepositoryFolder.Root).And.NotContain(Path.GetTempPath());

    [Fact]
    public void Page_Finding_StandsInTheListAndAtItsResource()
    {
        var plan = SamplePlans.Grown();
        var urn = plan.OfType("aws:sqs/queue:Queue").First().Urn.ToString();

        var document = new HtmlParser().ParseDocument(
            new PreviewPage(plan, [new PageFinding("schema", urn, "found 1; want 2.")]).ToPage().ToString());

        document.QuerySelector("#findings li")!.TextContent.Should().Be("schema eu-central-1-interruptions found 1; want 2.");
        document.QuerySelectorAll("#tree .mark").Should().ContainSingle();
    }

    private static HtmlPage Page(StackPlan plan) => new PreviewPage(plan, []).ToPage();

    internal static async Task<StackPlan> PlanAsync(string name) => name switch
    {
        "grown" => SamplePlans.Grown(),
        "hostile" => SamplePlans.HostilePlan(),
        _ => PlanJson.Read(Encoding.UTF8.GetBytes((await AkiDbProcess.RunAsync("preview", name, "--json")).Output), name),
    };
}
