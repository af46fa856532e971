using AkiDb.Infra.Plan;
using AkiDb.Infra.Policies.Compute;

namespace AkiDb.Infra.Policies.Capacity;

/// <summary>Nodes get the machine image that was tested.</summary>
internal sealed class ImagePinned() : ResourceRule(NodeClass.Token)
{
    public override RuleAbout About { get; } = new("nodeclass-image-pinned", Severity.High,
        title: "EC2NodeClasses pin their machine image",
        why: "With @latest every new image of AWS replaces every node, in every region, on the day it appears.",
        fix: "Set amiSelectorTerms to one alias with a version, e.g. al2023@v20260801, or to an id.");

    protected override IEnumerable<Finding?> Check(PlannedResource nodeClass) =>
    [
        nodeClass.Must("spec.amiSelectorTerms", Is.Present, "an alias with a version, or an id"),
        .. nodeClass.Items("spec.amiSelectorTerms").Select(path => nodeClass.Must(
            nodeClass.Is($"{path}.id", Is.Present).Or(nodeClass.Is($"{path}.alias", Is.Text(IsVersioned))),
            path, ValueDescription.Of(nodeClass.Input(path)), "an alias with a version, or an id")),
    ];

    private static bool IsVersioned(string alias) => alias.Split('@') is [_, { Length: > 0 } version] && version != "latest";
}
