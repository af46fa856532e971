using System.Collections.Immutable;
using AkiDb.Infra.Components.Autoscaling;
using AkiDb.Infra.Components.Workloads;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components;

/// <summary>What the tests of the observability components have in common.</summary>
internal static class ObservedCluster
{
    /// <summary>Settings of a cluster with all images.</summary>
    public static WorkloadSettings Settings(string region = "us-east-1") => new()
    {
        AccountId = ProgramPlan.AccountId,
        Region = region,
        ClusterName = "akidb-test",
        ClusterArn = $"arn:aws:eks:{region}:{ProgramPlan.AccountId}:cluster/akidb-test",
        Spread = CapacitySpread.For(70, 3),
        Images = ImageNames.All.ToImmutableDictionary(name => name, name => $"{name}@sha256:{new string('0', 64)}"),
        After = [],
    };

    /// <summary>Statements of a policy document by Sid.</summary>
    public static Dictionary<string, System.Text.Json.JsonElement> Statements(string document) =>
        System.Text.Json.JsonDocument.Parse(document).RootElement.GetProperty("Statement").EnumerateArray()
            .ToDictionary(statement => statement.GetProperty("Sid").GetString()!);
}
