using System.Collections.Immutable;

namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>A region, the edge, or what belongs to no region.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Kind">Which of the three.</param>
/// <param name="Nodes">What stands directly in it.</param>
/// <param name="Counts">Resources without a picture, by component.</param>
/// <param name="ResourceCount">All resources in it.</param>
internal sealed record PictureFrame(
    string Title, PictureFrameKind Kind, ImmutableArray<PictureNode> Nodes, ImmutableArray<PictureCount> Counts, int ResourceCount)
{
    public IEnumerable<PictureNode> AllNodes => Nodes.SelectMany(node => node.All);
}

/// <summary>What a frame stands for.</summary>
internal enum PictureFrameKind
{
    Edge,
    Region,
    Global,
}

/// <summary>Resources of one component that have no picture.</summary>
/// <param name="Id">Position of the component in the plan; null where they stand directly in the stack.</param>
/// <param name="Label">The component's type, or its name where several of that type are in the frame.</param>
/// <param name="Count">How many.</param>
internal sealed record PictureCount(int? Id, string Label, int Count);

/// <summary>Data that goes from one frame to another.</summary>
/// <param name="From">Where from.</param>
/// <param name="To">Where to.</param>
/// <param name="What">What it is, e.g. <c>replication</c>.</param>
internal sealed record PictureFlow(PictureNode From, PictureNode To, string What);
