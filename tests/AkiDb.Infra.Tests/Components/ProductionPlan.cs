using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Plan;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components;

/// <summary>The production plan, evaluated once for all tests that only look at it.</summary>
internal static class ProductionPlan
{
    private static readonly Lazy<Task<StackPlan>> Evaluated = new(() => new PlanProvider(new Repository(RepositoryFolder.Root)).EvaluateAsync("prod"));

    public static Task<StackPlan> Value => Evaluated.Value;
}
