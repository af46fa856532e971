using System.Text.RegularExpressions;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Workloads;

/// <summary>What runs is what was tested.</summary>
internal sealed partial class ImagesByDigest() : ResourceRule(Workload.Types)
{
    public override RuleAbout About { get; } = new("image-by-digest", Severity.High,
        title: "Containers name their image by digest",
        why: "A tag can point at another image tomorrow; two replicas of one Deployment then run different programs.",
        fix: "Use name@sha256:…; the build prints the digest.");

    protected override IEnumerable<Finding?> Check(PlannedResource workload) => Workload.Containers(workload)
        .Select(path => workload.Must($"{path}.image", Is.Text(image => Digest().IsMatch(image)), "an image with @sha256: and 64 hexadecimal digits"));

    [GeneratedRegex("@sha256:[0-9a-f]{64}$")]
    private static partial Regex Digest();
}
