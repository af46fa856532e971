using System.Xml.Linq;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Cli.Reports.Html;

/// <summary>The component tree as nested lists that open and close without a script.</summary>
internal sealed class ResourceList
{
    private const string NoRegion = "global";

    private readonly PlanTree _tree;
    private readonly Dictionary<PlannedResource, int> _ids = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _withFinding;

    public ResourceList(StackPlan plan, IEnumerable<PageFinding> findings)
    {
        _tree = new PlanTree(plan);
        _withFinding = [.. findings.Select(finding => finding.Urn).OfType<string>()];
        for (var id = 0; id < plan.Resources.Length; id++)
            _ids.TryAdd(plan.Resources[id], id);
    }

    public XElement ToElement() => new(
        "ul",
        new XAttribute("class", "tree"),
        new XAttribute("id", "tree"),
        _tree.Roots.GroupBy(resource => resource.Region ?? NoRegion)
            .OrderBy(group => group.Key == NoRegion).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Branch(group.Key, null, group.Sum(_tree.CountOf), "region", null, group, open: true)));

    private XElement Item(PlannedResource resource)
    {
        var children = _tree.ChildrenOf(resource).ToList();
        if (!resource.IsCustom)
            return Branch(resource.Name, TypeTitle.Of(resource), _tree.CountOf(resource), "component", _ids[resource], children, open: false);
        var leaf = new XElement("li", Link(resource));
        if (children.Count > 0)
            leaf.Add(new XElement("ul", children.Select(Item)));
        return leaf;
    }

    private XElement Branch(string name, string? type, int count, string css, int? id, IEnumerable<PlannedResource> children, bool open) => new(
        "li",
        new XElement(
            "details",
            open ? new XAttribute("open", "") : null,
            new XAttribute("class", css),
            id is null ? null : new XAttribute("id", $"r{id}"),
            new XElement("summary", Word("name", name), type is null ? null : Word("type", type), Word("count", $"{count}")),
            new XElement("ul", children.Select(Item))));

    private XElement Link(PlannedResource resource) => new(
        "a",
        new XAttribute("href", $"#r{_ids[resource]}"),
        new XAttribute("id", $"r{_ids[resource]}"),
        new XAttribute("data-r", _ids[resource]),
        Word("name", resource.Name),
        Word("type", resource.Type),
        _withFinding.Contains(resource.Urn.ToString()) ? Word("mark", "finding") : null);

    private static XElement Word(string css, string text) => new("span", new XAttribute("class", css), text);
}
