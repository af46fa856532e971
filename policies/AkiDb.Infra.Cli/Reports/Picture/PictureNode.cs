using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>One thing in the picture.</summary>
/// <param name="Id">Position of the resource in the plan, from 0: what links and the search use.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Kind">How it is drawn.</param>
/// <param name="Group">Where it belongs; may differ from its kind's, e.g. for a public subnet.</param>
internal sealed record PictureNode(int Id, PlannedResource Resource, PictureKind Kind, PictureGroup Group)
{
    /// <summary>What stands inside it.</summary>
    public List<PictureNode> Children { get; } = [];

    public string Label { get; } = PictureDetail.Label(Resource, Kind);

    public string Detail { get; } = PictureDetail.Detail(Resource, Kind);

    /// <summary>What a screen reader says, and what hovering shows.</summary>
    public string Spoken => string.Join(", ", new[] { Kind.Title, Label, Detail, Resource.Name }.Where(text => text.Length > 0).Distinct());

    /// <summary>It and everything inside.</summary>
    public IEnumerable<PictureNode> All => Children.SelectMany(child => child.All).Prepend(this);
}
