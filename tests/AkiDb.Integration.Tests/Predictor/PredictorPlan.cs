using System.Collections.Immutable;
using AkiDb.Infra.Components.Autoscaling;
using AkiDb.Infra.Components.Workloads;
using AkiDb.Infra.Plan;
using AkiDb.TestKit;
using AkiDb.TestKit.Kubernetes;

namespace AkiDb.Integration.Tests.Predictor;

/// <summary>What the infrastructure declares of predictor and autoscaler.</summary>
internal static class PredictorPlan
{
    public static async Task<IReadOnlyList<RoleRule>> AutoscalerRulesAsync() =>
        DeclaredRole.Rules((await ScalingAsync()).Only("kubernetes:rbac.authorization.k8s.io/v1:Role"));

    public static Task<StackPlan> ScalingAsync() => ProgramPlan.OfAsync(() =>
        _ = new PredictiveScaling("scaling", new PredictiveScalingArgs { Settings = Settings(), MinReplicas = 3, MaxReplicas = 20 }));

    public static Task<StackPlan> PredictorAsync() => ProgramPlan.OfAsync(() =>
        _ = new TrafficPredictor("predictor", new TrafficPredictorArgs { Settings = Settings(), ModelBucket = "akidb-models", ModelKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/k" }));

    private static WorkloadSettings Settings() => new()
    {
        AccountId = ProgramPlan.AccountId,
        Region = "eu-central-1",
        ClusterName = "akidb-test",
        ClusterArn = "arn:aws:eks:eu-central-1:111122223333:cluster/akidb-test",
        Spread = CapacitySpread.For(70, 3),
        Images = ImageNames.All.ToImmutableDictionary(name => name, name => $"{name}@sha256:0"),
        After = [],
    };
}
