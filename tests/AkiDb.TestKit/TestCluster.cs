using System.Collections.Immutable;
using AkiDb.Infra.Components.Autoscaling;
using AkiDb.Infra.Components.Workloads;

namespace AkiDb.TestKit;

/// <summary>A cluster that components of workloads stand in when a test declares them alone.</summary>
public static class TestCluster
{
    /// <summary>Its name.</summary>
    public const string Name = "akidb-test";

    /// <summary>What its workloads have in common, with every image.</summary>
    /// <param name="region">AWS region.</param>
    /// <param name="spotPercent">Share of the pods that may stand on spot, percent.</param>
    public static WorkloadSettings Settings(string region = "us-east-1", int spotPercent = 70) => new()
    {
        AccountId = ProgramPlan.AccountId,
        Region = region,
        ClusterName = Name,
        ClusterArn = $"arn:aws:eks:{region}:{ProgramPlan.AccountId}:cluster/{Name}",
        Spread = CapacitySpread.For(spotPercent, 3),
        Images = ImageNames.All.ToImmutableDictionary(image => image, image => $"{image}@sha256:{new string('0', 64)}"),
        After = [],
    };
}
