using System.Collections.Immutable;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;
using Humanizer;

namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>
/// Where data goes from one frame to another. A pictured resource that depends on another, directly or through resources
/// without a picture, sends to it. So does what a connector names: a resource without a picture that depends on several
/// pictured ones of one type and repeats the name of one of them, as a replication configuration does, goes from that one to the others.
/// </summary>
internal static class PictureFlows
{
    public static ImmutableArray<PictureFlow> Of(
        StackPlan plan,
        DependencyReach reach,
        IReadOnlyDictionary<PlannedResource, PictureNode> nodes,
        Func<PictureNode, (PictureFrameKind Kind, string Title)> frameOf)
    {
        var direct = nodes.Values
            .SelectMany(node => reach.First(node.Resource, nodes.ContainsKey).Select(other => new PictureFlow(node, nodes[other], "")));
        var connected = plan.Resources.Where(resource => resource.IsCustom && !nodes.ContainsKey(resource))
            .SelectMany(connector => Connections(connector, [.. reach.Direct(connector).Where(nodes.ContainsKey).Select(other => nodes[other])]));
        return
        [
            .. connected.Concat(direct)
                .Where(flow => frameOf(flow.From) != frameOf(flow.To))
                .DistinctBy(flow => (flow.From, flow.To))
                .OrderBy(flow => flow.From.Id).ThenBy(flow => flow.To.Id),
        ];
    }

    private static IEnumerable<PictureFlow> Connections(PlannedResource connector, List<PictureNode> ends)
    {
        var names = connector.Inputs.Entries.Values.OfType<TextValue>().Select(text => text.Value).ToHashSet();
        return ends.Find(end => end.Kind.NamePath is { } path && end.Resource.Input(path) is TextValue name && names.Contains(name.Value)) is { } source
            ? ends.Where(end => end != source && end.Kind == source.Kind).Select(end => new PictureFlow(source, end, WordFor(connector)))
            : [];
    }

    // "BucketReplicationConfig" is "bucket replication config"; a reader looks for "replication".
    private static string WordFor(PlannedResource connector)
    {
        var words = TypeTitle.LastWord(connector.Type).Humanize(LetterCasing.LowerCase);
        return words.Contains("replication", StringComparison.Ordinal) ? "replication" : words;
    }
}
