using System.Collections.Immutable;
using AkiDb.Infra.Components.Observability;
using AkiDb.Infra.Components.Workloads;
using AkiDb.Infra.Stacks.Settings;

namespace AkiDb.Infra.Stacks;

/// <summary>Where a region pulls its images from, each by digest.</summary>
internal static class RegionalImages
{
    /// <summary>Stands for the digest of an image that was never pushed, where a plan is only looked at.</summary>
    private const string StandInDigest = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>Image by name. Own images come from the account's registry, which is copied to every region.</summary>
    public static ImmutableDictionary<string, string> For(EnvironmentSettings settings, string region) => ImageNames.All
        .Select(name => (name, digest: settings.Workloads.ImageDigests.GetValueOrDefault(name) ?? (settings.AssumeImages ? StandInDigest : null)))
        .Where(image => image.digest is not null)
        .ToImmutableDictionary(image => image.name, image => $"{Repository(settings, region, image.name)}@{image.digest}");

    /// <summary>One sentence an image without a digest.</summary>
    public static IEnumerable<string> Notices(EnvironmentSettings settings) => ImageNames.All
        .Where(name => !settings.Workloads.ImageDigests.ContainsKey(name))
        .Where(name => IsNeeded(settings, name))
        .Select(name => $"image '{name}' has no digest (akidb:workloads.images): `pulumi up` leaves its workloads out"
            + (settings.AssumeImages ? ", this plan shows them with a stand-in" : ""));

    private static bool IsNeeded(EnvironmentSettings settings, string name) => name switch
    {
        ImageNames.Kubectl => settings.Workloads.Schedule is not null,
        ImageNames.WarmEmbeddings => settings.Edge is not null,
        ImageNames.Collector => settings.Observability.TracesAreTaken,
        ImageNames.LogShipper => settings.Observability.LogRetentionDays is not null,
        ImageNames.Operations => settings.Observability.Automation != AutomationMode.Off,
        _ => true,
    };

    private static string Repository(EnvironmentSettings settings, string region, string name) => name switch
    {
        ImageNames.Redis => "public.ecr.aws/docker/library/redis",
        ImageNames.Kubectl => "registry.k8s.io/kubectl",
        ImageNames.Collector => "public.ecr.aws/aws-observability/aws-otel-collector",
        ImageNames.LogShipper => "public.ecr.aws/aws-observability/aws-for-fluent-bit",
        _ => $"{settings.AccountId}.dkr.ecr.{region}.amazonaws.com/akidb/{name}",
    };
}
