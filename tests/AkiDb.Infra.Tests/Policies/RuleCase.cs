using AkiDb.Infra.Plan;
using AkiDb.TestKit.Plans;

namespace AkiDb.Infra.Tests.Policies;

/// <summary>A plan that a rule is content with, and one that breaks it.</summary>
public sealed record RuleCase(string Rule, StackPlan Passing, StackPlan Failing)
{
    /// <summary>One resource, right and wrong.</summary>
    public static RuleCase One(string rule, string type, string passing, string failing) =>
        new(rule, new PlanBuilder().Has(type, "it", passing).Build(), new PlanBuilder().Has(type, "it", failing).Build());

    /// <summary>The same resources, with one more or one other in the failing plan.</summary>
    public static RuleCase Of(string rule, Func<PlanBuilder, PlanBuilder> passing, Func<PlanBuilder, PlanBuilder> failing, string stack = "test") =>
        new(rule, passing(new PlanBuilder(stack)).Build(), failing(new PlanBuilder(stack)).Build());

    /// <inheritdoc/>
    public override string ToString() => Rule;
}

/// <summary>Cases of one topic; every class of this kind is found by the test.</summary>
public interface IRuleCases
{
    /// <summary>The cases.</summary>
    IEnumerable<RuleCase> Cases { get; }
}
