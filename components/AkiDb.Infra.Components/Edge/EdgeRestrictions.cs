using System.Collections.Immutable;

namespace AkiDb.Infra.Components.Edge;

/// <summary>Where in a request's way CloudFront runs a function.</summary>
public enum EdgeEvent
{
    /// <summary>Before the cache; on every request.</summary>
    ViewerRequest,

    /// <summary>Between cache and origin, on the way out.</summary>
    OriginRequest,

    /// <summary>Between origin and cache, on the way back.</summary>
    OriginResponse,

    /// <summary>After the cache; on every response.</summary>
    ViewerResponse,
}

/// <summary>
/// What Lambda@Edge lacks (CloudFront developer guide, "Restrictions on Lambda@Edge" and "Quotas on Lambda@Edge", read 2026-11).
/// CloudFront says so only after everything else of an update has been made; this says it before anything is.
/// </summary>
public static class EdgeRestrictions
{
    private const int OriginSeconds = 30;

    // A newer page relaxes both for viewer events; until that is certain the older numbers hold, as in the policies.
    private const int ViewerSeconds = 5;
    private const int ViewerMemoryMb = 128;

    /// <summary>Everything about <paramref name="settings"/> that the edge refuses, a sentence each.</summary>
    /// <param name="settings">The function.</param>
    /// <param name="region">AWS region it would stand in.</param>
    /// <param name="events">What it would run on.</param>
    public static IEnumerable<string> Broken(FunctionSettings settings, string region, ImmutableArray<EdgeEvent> events)
    {
        var isViewer = events.Any(name => name is EdgeEvent.ViewerRequest or EdgeEvent.ViewerResponse);
        (bool IsBroken, string Reason)[] rules =
        [
            (region != EdgeNames.Region, $"region is {region}: CloudFront takes edge functions from {EdgeNames.Region} only"),
            (events.IsEmpty || events.Distinct().Count() != events.Length, "events are none or one twice: a behaviour runs one function an event"),
            (settings.ImageUri is not null, "it is a container image: the edge runs packages of files only"),
            (!IsEdgeRuntime(settings.Runtime), $"runtime is {settings.Runtime ?? "none"}: the edge runs Node.js and Python"),
            (settings.Architecture != FunctionArchitecture.X64, "architecture is arm64: edge locations have x86_64 only"),
            (!settings.Environment.IsEmpty, "it has environment variables: bake settings into the package"),
            (!settings.Layers.IsEmpty, "it has layers: bundle what it needs into the package"),
            (!settings.SubnetIds.IsEmpty, "it is attached to a VPC: an edge location is in none"),
            (settings.DeadLetterArn is not null, "it has a dead-letter queue: the edge runs functions synchronously and keeps no failures"),
            (settings.TracesWithXRay, "it traces with X-Ray: hand traceparent on and trace at the origin"),
            (settings.WarmEnvironments > 0, "it has provisioned concurrency: keep warm work in the regional tier (WarmEmbeddings)"),
            (settings.KeyArn is not null, "its package is encrypted by a key of ours: edge locations cannot use it"),
            (settings.FileSystemArn is not null, "it mounts a file system: an edge location reaches none"),
            (settings.StartsFromSnapshot, "it starts from a snapshot: the edge keeps none"),
            (settings.EphemeralStorageMb > 512, $"it has {settings.EphemeralStorageMb} MB of disk: the edge has 512"),
            (settings.Timeout > TimeSpan.FromSeconds(OriginSeconds), $"it may run {settings.Timeout.TotalSeconds} s: the edge ends it after {OriginSeconds}"),
            (isViewer && settings.Timeout > TimeSpan.FromSeconds(ViewerSeconds), $"it may run {settings.Timeout.TotalSeconds} s on a viewer event: {ViewerSeconds} are allowed"),
            (isViewer && settings.MemoryMb > ViewerMemoryMb, $"it has {settings.MemoryMb} MB on a viewer event: {ViewerMemoryMb} are allowed"),
        ];
        return rules.Where(rule => rule.IsBroken).Select(rule => rule.Reason);
    }

    private static bool IsEdgeRuntime(string? runtime) =>
        runtime?.StartsWith("nodejs", StringComparison.Ordinal) == true || runtime?.StartsWith("python", StringComparison.Ordinal) == true;
}
