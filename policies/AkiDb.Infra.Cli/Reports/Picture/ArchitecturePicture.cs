using System.Collections.Immutable;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>
/// A plan as a picture, before it has places: which resource stands in which, which have no picture and are only counted,
/// where data flows. Made from types, inputs and dependencies; it knows no names of ours. Every resource is in it once.
/// </summary>
internal sealed class ArchitecturePicture
{
    private readonly StackPlan _plan;
    private readonly DependencyReach _reach;
    private readonly HashSet<string> _networked;
    private readonly Dictionary<PlannedResource, PictureNode> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<PictureNode, PictureNode> _parents = [];

    public ArchitecturePicture(StackPlan plan)
    {
        _plan = plan;
        _reach = new DependencyReach(plan);
        _networked = plan.OfType(PictureCatalog.Vpc).Select(network => network.Region).OfType<string>().ToHashSet();
        CreateNodes();
        PutInside();
        Frames = BuildFrames();
        Flows = PictureFlows.Of(plan, _reach, _nodes, FrameOf);
    }

    /// <summary>The edge where there is one, the regions (most resources first), and what belongs to none.</summary>
    public ImmutableArray<PictureFrame> Frames { get; }

    /// <summary>What goes from one frame to another.</summary>
    public ImmutableArray<PictureFlow> Flows { get; }

    /// <summary>True where something takes requests from the internet.</summary>
    public bool IsPublic => _nodes.Values.Any(node => node.Group is PictureGroup.Edge || node.Resource.Type == PictureCatalog.InternetGateway);

    private void CreateNodes()
    {
        var subnets = new PublicSubnets(_plan, _reach);
        // A function that a distribution names runs at the edge; one with an address of its own is an origin.
        var origins = _plan.OfType(PictureCatalog.FunctionUrl).SelectMany(_reach.Direct).ToHashSet();
        var atEdge = _plan.OfType(PictureCatalog.Distribution).SelectMany(_reach.Direct)
            .Where(resource => resource.Type == PictureCatalog.Function && !origins.Contains(resource)).ToHashSet();
        for (var id = 0; id < _plan.Resources.Length; id++)
        {
            var resource = _plan.Resources[id];
            if (PictureCatalog.Of(resource.Type) is not { } kind)
                continue;
            var group = subnets.Contains(resource) ? PictureGroup.PublicSubnets
                : atEdge.Contains(resource) ? PictureGroup.Edge
                : kind.Group;
            _nodes.TryAdd(resource, new PictureNode(id, resource, kind, group));
        }
    }

    private void PutInside()
    {
        foreach (var node in _nodes.Values.OrderBy(node => node.Id))
        {
            var container = node.Kind.Inside
                .Select(type => _reach.Nearest(node.Resource, other => other.Type == type))
                .OfType<PlannedResource>()
                .Select(resource => _nodes.GetValueOrDefault(resource))
                .FirstOrDefault(parent => parent is not null && parent != node);
            if (container is null || container.Resource.Region != node.Resource.Region)
                continue;
            _parents[node] = container;
            container.Children.Add(node);
        }
    }

    private ImmutableArray<PictureFrame> BuildFrames()
    {
        var managed = _plan.Resources.Select((resource, id) => (Resource: resource, Id: id)).Where(entry => entry.Resource.IsCustom)
            .GroupBy(entry => _nodes.TryGetValue(entry.Resource, out var node) ? FrameOf(node) : RegionFrame(entry.Resource));
        return
        [
            .. managed
                .Select(frame => new PictureFrame(
                    frame.Key.Title,
                    frame.Key.Kind,
                    [.. frame.Select(entry => _nodes.GetValueOrDefault(entry.Resource)).OfType<PictureNode>().Where(node => !_parents.ContainsKey(node))],
                    Counts(frame.Select(entry => entry.Resource).Where(resource => !_nodes.ContainsKey(resource))),
                    frame.Count()))
                .OrderBy(frame => frame.Kind)
                .ThenByDescending(frame => frame.ResourceCount)
                .ThenBy(frame => frame.Title, StringComparer.Ordinal),
        ];
    }

    private (PictureFrameKind Kind, string Title) FrameOf(PictureNode node)
    {
        while (_parents.TryGetValue(node, out var parent))
            node = parent;
        return node.Group == PictureGroup.Edge ? (PictureFrameKind.Edge, "Edge") : RegionFrame(node.Resource);
    }

    // Regions that only hold alarms on the edge share one frame: eleven side by side would show nothing.
    private (PictureFrameKind Kind, string Title) RegionFrame(PlannedResource resource) => resource.Region switch
    {
        null => (PictureFrameKind.Global, "Global"),
        { } region when _networked.Count > 0 && !_networked.Contains(region) => (PictureFrameKind.Global, "Other regions"),
        { } region => (PictureFrameKind.Region, region),
    };

    private ImmutableArray<PictureCount> Counts(IEnumerable<PlannedResource> resources)
    {
        var byComponent = resources.GroupBy(OutermostComponent).ToList();
        var types = byComponent.CountBy(group => TitleOf(group.Key)).ToDictionary();
        return
        [
            .. byComponent
                .Select(group => new PictureCount(
                    group.Key is null ? null : _plan.Resources.IndexOf(group.Key),
                    group.Key is not null && types[TitleOf(group.Key)] > 1 ? group.Key.Name : TitleOf(group.Key),
                    group.Count()))
                .OrderByDescending(count => count.Count)
                .ThenBy(count => count.Label, StringComparer.Ordinal),
        ];
    }

    private static string TitleOf(PlannedResource? component) => component is null ? "outside components" : TypeTitle.LastWord(component.Type);

    private PlannedResource? OutermostComponent(PlannedResource resource)
    {
        PlannedResource? outermost = null;
        // Bounded: a broken plan file may name a parent in a circle.
        for (var depth = 0; depth < 32 && _reach.Find(resource.Parent) is { } next; depth++)
        {
            resource = next;
            if (!next.IsCustom && next.Type != ResourceUrn.StackType)
                outermost = next;
        }

        return outermost;
    }
}
