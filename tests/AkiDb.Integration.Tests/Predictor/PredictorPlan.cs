using AkiDb.Infra.Components.Workloads;
using AkiDb.Infra.Plan;
using AkiDb.StandIns.Kubernetes;
using AkiDb.TestKit;
using AkiDb.TestKit.Kubernetes;

namespace AkiDb.Integration.Tests.Predictor;

/// <summary>What the infrastructure declares of predictor and autoscaler.</summary>
internal static class PredictorPlan
{
    public static async Task<IReadOnlyList<RoleRule>> AutoscalerRulesAsync() =>
        DeclaredRole.Rules((await ScalingAsync()).Only("kubernetes:rbac.authorization.k8s.io/v1:Role"));

    public static Task<StackPlan> ScalingAsync() => ProgramPlan.OfAsync(() =>
        _ = new PredictiveScaling("scaling", new PredictiveScalingArgs { Settings = TestCluster.Settings("eu-central-1"), MinReplicas = 3, MaxReplicas = 20 }));

    public static Task<StackPlan> PredictorAsync() => ProgramPlan.OfAsync(() =>
        _ = new TrafficPredictor("predictor", new TrafficPredictorArgs { Settings = TestCluster.Settings("eu-central-1"), ModelBucket = "akidb-models", ModelKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/k" }));
}
