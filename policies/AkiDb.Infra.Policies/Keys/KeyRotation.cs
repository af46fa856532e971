using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies.Keys;

/// <summary>Keys turn over their material.</summary>
internal sealed class KeyRotation() : ResourceRule("aws:kms/key:Key"), IRemediation
{
    public override RuleAbout About { get; } = new("kms-rotation", Severity.Medium,
        title: "KMS keys rotate every year",
        why: "Rotation bounds how much one leaked generation of a key opens. It costs nothing and changes no ARN.",
        fix: "Set enableKeyRotation to true.",
        frameworks: ["CKV_AWS_7", "KMS.4"],
        level: EnforcementLevel.Remediate);

    public IReadOnlyDictionary<string, PlanValue> Remediate(PlannedResource resource) =>
        Rotates(resource) == Truth.No ? new Dictionary<string, PlanValue> { ["enableKeyRotation"] = new BooleanValue(true) } : [];

    protected override IEnumerable<Finding?> Check(PlannedResource key) => [key.Must(Rotates(key), "enableKeyRotation", "not rotated", "true")];

    // Only symmetric encryption keys, which is the default kind, can rotate by themselves.
    private static Truth Rotates(PlannedResource key) => key.Is("enableKeyRotation", Is.True)
        .Or(key.Is("customerMasterKeySpec", Is.AbsentOr(Is.AnyOf("SYMMETRIC_DEFAULT"))).Not());
}
