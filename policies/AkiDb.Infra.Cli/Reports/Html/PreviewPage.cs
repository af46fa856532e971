using System.Collections.Immutable;
using System.Xml.Linq;
using AkiDb.Infra.Cli.Reports.Picture;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;
using Humanizer;

namespace AkiDb.Infra.Cli.Reports.Html;

/// <summary>A plan as a page: the picture, the tree with every input, findings, outputs and notices.</summary>
internal sealed class PreviewPage(StackPlan plan, ImmutableArray<PageFinding> findings)
{
    private const double WideWidth = 1160;
    private const double NarrowWidth = 344;

    private readonly ArchitecturePicture _picture = new(plan);
    private readonly Dictionary<string, int> _ids = plan.Resources.Select((resource, id) => (Urn: resource.Urn.ToString(), id))
        .DistinctBy(entry => entry.Urn).ToDictionary(entry => entry.Urn, entry => entry.id);

    /// <summary>The page.</summary>
    public HtmlPage ToPage() => new(
        $"{plan.Project} {plan.Stack}",
        ["page.css", "picture.css"],
        [
            XElement.Parse(PageAssets.Read("icons.svg")),
            Header(),
            new XElement("main", Architecture(), Resources(), Findings(), Outputs(), Notices()),
            new XElement("footer", $"Made by ./akidb preview {plan.Stack} --html FILE. The same plan gives the same page, byte by byte; it asks no server for anything."),
            Inspector(),
        ])
    {
        Script = "page.js",
        Data = PageData.Of(plan),
    };

    private XElement Header()
    {
        var managed = plan.Resources.Where(resource => resource.IsCustom).ToList();
        var regions = managed.Select(resource => resource.Region).OfType<string>().Distinct().Count();
        var source = plan.Source == PlanSource.OfflineEvaluation ? "evaluated offline: ids and addresses are stand-ins" : "from a Pulumi preview";
        return new XElement(
            "header",
            Css("top"),
            new XElement("p", Css("brand"), plan.Project),
            new XElement("h1", plan.Stack),
            new XElement("p", Css("source"), $"What this environment would be · {source}"),
            new XElement(
                "ul",
                Css("figures"),
                Figure("regions", regions, "region", "#architecture"),
                Figure("clusters", managed.Count(resource => resource.Type == PictureCatalog.Cluster), "cluster", "#architecture"),
                Figure("resources", managed.Count, "resource", "#resources"),
                Figure("findings", findings.Length, "finding", "#findings"),
                Figure("notices", plan.Notices.Length, "notice", "#notices")));
    }

    private static XElement Figure(string css, int count, string word, string target) => new(
        "li",
        new XElement("a", new XAttribute("href", target), Css(count > 0 && css == "findings" ? "figure bad" : "figure"), new XElement("b", $"{count}"), $" {word.ToQuantity(count, ShowQuantityAs.None)}"));

    private XElement Architecture() => Section(
        "architecture",
        "Architecture",
        PictureDrawing.Draw(_picture, WideWidth, Columns(), "wide"),
        PictureDrawing.Draw(_picture, NarrowWidth, columns: 1, "narrow"),
        PictureLegend.Of(_picture),
        FlowList());

    // Four stand better two by two than three and one.
    private int Columns() => _picture.Frames.Count(frame => frame.Kind == PictureFrameKind.Region) switch
    {
        0 => 1,
        4 => 2,
        var count => Math.Min(3, count),
    };

    private XElement? FlowList() => _picture.Flows.IsEmpty
        ? null
        : new XElement(
            "details",
            Css("flow-list"),
            new XElement("summary", $"Data between regions ({_picture.Flows.Length})"),
            new XElement(
                "ul",
                _picture.Flows.Select(flow => new XElement("li", ResourceLink(flow.From.Id, flow.From.Label), " → ", ResourceLink(flow.To.Id, flow.To.Label), flow.What.Length > 0 ? $" ({flow.What})" : null))));

    private XElement Resources() => Section(
        "resources",
        "Resources",
        new XElement(
            "div",
            Css("tools"),
            new XElement("label", new XAttribute("for", "search"), Css("hidden"), "Search resources"),
            new XElement(
                "input",
                new XAttribute("id", "search"),
                new XAttribute("type", "search"),
                new XAttribute("placeholder", "Search names, types and inputs   /"),
                new XAttribute("autocomplete", "off"),
                new XAttribute("spellcheck", "false")),
            new XElement("button", new XAttribute("type", "button"), new XAttribute("id", "open-all"), "Open all"),
            new XElement("button", new XAttribute("type", "button"), new XAttribute("id", "close-all"), "Close all"),
            new XElement("span", new XAttribute("id", "found"), new XAttribute("role", "status"))),
        new ResourceList(plan, findings).ToElement(),
        new XElement("noscript", new XElement("p", "Inputs and search need JavaScript; './akidb preview --resource NAME' shows inputs in a terminal.")));

    private XElement Findings() => Section(
        "findings",
        "Findings",
        findings.IsEmpty
            ? new XElement("p", Css("good"), "No schema violations.")
            : new XElement("ul", Css("findings"), findings.Select(finding => new XElement("li", new XElement("span", Css("tag"), finding.Source), " ", Subject(finding.Urn), finding.Text))));

    private object[] Subject(string? urn) => urn is not null && _ids.TryGetValue(urn, out var id)
        ? [ResourceLink(id, plan.Resources[id].Name), " "]
        : [];

    private XElement Outputs() => Section(
        "outputs",
        "Outputs",
        plan.Outputs.Entries.IsEmpty
            ? new XElement("p", Css("none"), "The stack has no outputs.")
            : plan.Outputs.Entries.Select(output => new XElement("div", Css("output"), new XElement("h3", output.Key), OutputValue(output.Value))));

    private static XElement OutputValue(PlanValue value) => new(
        "dl",
        (value is MapValue map ? map.Entries.AsEnumerable() : [KeyValuePair.Create("value", value)])
            .Select(entry => new XElement("div", new XElement("dt", entry.Key), new XElement("dd", ValueText.OneLine(entry.Value)))));

    private XElement Notices() => Section(
        "notices",
        "Notices",
        plan.Notices.IsEmpty
            ? new XElement("p", Css("none"), "The program made no choice worth a note.")
            : new XElement("ul", plan.Notices.Select(notice => new XElement("li", notice))));

    private static XElement Inspector() => new(
        "aside",
        new XAttribute("id", "inspector"),
        new XAttribute("aria-label", "Selected resource"),
        new XAttribute("tabindex", "-1"),
        new XAttribute("hidden", "hidden"),
        new XElement("button", new XAttribute("type", "button"), new XAttribute("id", "close"), new XAttribute("aria-label", "Close"), "×"),
        new XElement("div", new XAttribute("id", "inspected")));

    private static XElement Section(string id, string title, params object?[] content) =>
        new("section", new XAttribute("id", id), new XElement("h2", title), content);

    private static XElement ResourceLink(int id, string text) => new("a", new XAttribute("href", $"#r{id}"), new XAttribute("data-r", id), text);

    private static XAttribute Css(string name) => new("class", name);
}
