using System.Text.RegularExpressions;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Workloads;

/// <summary>A chart is the same chart tomorrow.</summary>
internal sealed partial class ReleaseVersionPinned() : ResourceRule("kubernetes:helm.sh/v3:Release")
{
    public override RuleAbout About { get; } = new("helm-version-pinned", Severity.Medium,
        title: "Helm releases name one chart version",
        why: "Without a version the next deployment takes whatever is newest, on the day when something else had to be mended.",
        fix: "Set version to one full version, e.g. 1.14.1.");

    protected override IEnumerable<Finding?> Check(PlannedResource release) =>
        [release.Must("version", Is.Text(version => FullVersion().IsMatch(version)), "one full version, e.g. 1.14.1")];

    [GeneratedRegex(@"^v?\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$")]
    private static partial Regex FullVersion();
}
