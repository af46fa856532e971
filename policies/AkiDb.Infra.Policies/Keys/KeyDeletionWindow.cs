using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Keys;

/// <summary>A key that was deleted by mistake can be had back for a month.</summary>
internal sealed class KeyDeletionWindow() : ResourceRule("aws:kms/key:Key")
{
    public override RuleAbout About { get; } = new("kms-deletion-window", Severity.Medium,
        title: "KMS keys wait 30 days before they are gone, and are not deleted by this plan",
        why: "With a key go all data under it, backups too; weeks pass until someone needs the one that is missing.",
        fix: "Leave deletionWindowInDays out or set it to 30; do not set isEnabled to false.",
        frameworks: ["KMS.3"]);

    protected override IEnumerable<Finding?> Check(PlannedResource key) =>
    [
        key.Must("deletionWindowInDays", Is.AbsentOr(Is.AtLeast(30)), "30 days"),
        key.Must("isEnabled", Is.NotFalse, "an enabled key"),
    ];
}
