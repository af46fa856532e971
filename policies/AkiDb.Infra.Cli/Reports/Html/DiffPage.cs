using System.Xml.Linq;
using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Cli.Reports.Diff;
using AkiDb.Infra.Plan.Diff;
using Humanizer;

namespace AkiDb.Infra.Cli.Reports.Html;

/// <summary>Differences as a page; it needs no script.</summary>
internal static class DiffPage
{
    /// <summary>The page of one comparison, or of several.</summary>
    public static HtmlPage Of(IReadOnlyList<PlanPair> pairs) => new(
        string.Join(", ", pairs.Select(Title)),
        ["page.css", "diff.css"],
        [
            new XElement(
                "header",
                new XAttribute("class", "top"),
                new XElement("p", new XAttribute("class", "brand"), "difference"),
                new XElement("h1", pairs.Count == 1 ? Title(pairs[0]) : "environment".ToQuantity(pairs.Count))),
            new XElement("main", pairs.Select(Section)),
            new XElement("footer", "Made by ./akidb diff --html FILE."),
        ]);

    private static string Title(PlanPair pair) => $"{pair.BeforeTitle} → {pair.AfterTitle}";

    private static XElement Section(PlanPair pair) => new(
        "section",
        new XElement("h2", Title(pair)),
        pair.Diff.IsEmpty ? Paragraph("good", "No difference.") : Figures(pair.Diff),
        pair.Diff.Correspondence.Names.Select(name => Paragraph("none", $"The same: {name.What} {name.Before} = {name.After}")),
        DiffGroups.Of(pair.Diff).Select(group => Group(group, pair.Diff.Correspondence)),
        pair.Diff.Outputs.IsEmpty ? null : Details("outputs", true, [Properties(pair.Diff.Outputs, pair.Diff.Correspondence)]),
        pair.Diff.NoticesRemoved.Select(notice => Row(ChangeKind.Removed, notice, "note")),
        pair.Diff.NoticesAdded.Select(notice => Row(ChangeKind.Added, notice, "note")));

    private static XElement Figures(PlanDiff diff) => new(
        "ul",
        new XAttribute("class", "figures"),
        Enum.GetValues<ChangeKind>().Select(kind => new XElement(
            "li",
            new XElement("span", new XAttribute("class", $"figure {Css(kind)}"), new XElement("b", $"{diff.Count(kind)}"), $" {Css(kind)}"))));

    private static XElement Group(DiffGroup group, Correspondence correspondence)
    {
        var title = group.Component is null ? "directly in the stack" : $"{group.Component.Name} {TypeTitle.Of(group.Component)}";
        var mark = group.Whole is { } whole ? $"{ChangeMark.Of(whole)} {title}: {"resource".ToQuantity(group.ResourceCount)}" : title;
        return Details(mark, group.Whole is null, group.Changes.Where(change => change.Resource != group.Component).Select(change => Change(change, correspondence)));
    }

    private static XElement Change(ResourceChange change, Correspondence correspondence) => new(
        "div",
        new XAttribute("class", "change"),
        Row(change.Kind, change.Resource.Name, TypeTitle.Of(change.Resource)),
        change.Properties.IsEmpty ? null : Properties(change.Properties, correspondence));

    private static XElement Properties(IEnumerable<PropertyChange> changes, Correspondence correspondence) => new(
        "dl",
        changes.SelectMany(change => JsonTextChange.Expand(change, correspondence)).Select(change => new XElement(
            "div",
            new XElement("dt", PropertyLines.Title(change)),
            change.Before is { } before ? Value("removed", change.Part, before) : null,
            change.After is { } after ? Value("added", change.Part, after) : null)));

    private static XElement Value(string css, ResourcePart part, AkiDb.Infra.Plan.Values.PlanValue value) =>
        new("dd", new XAttribute("class", css), PropertyLines.Value(part, value));

    private static XElement Row(ChangeKind kind, string name, string type) => new(
        "p",
        new XAttribute("class", $"row {Css(kind)}"),
        new XElement("span", new XAttribute("class", "sign"), ChangeMark.Of(kind)),
        new XElement("span", new XAttribute("class", "name"), name),
        new XElement("span", new XAttribute("class", "type"), type));

    private static XElement Details(string title, bool open, IEnumerable<XElement> content) => new(
        "details", open ? new XAttribute("open", "") : null, new XElement("summary", title), content);

    private static XElement Paragraph(string css, string text) => new("p", new XAttribute("class", css), text);

    private static string Css(ChangeKind kind) => kind.ToString().ToLowerInvariant();
}
