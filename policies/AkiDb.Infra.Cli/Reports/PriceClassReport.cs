using AkiDb.Infra.Components.Edge;
using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Costs.Output;
using AkiDb.Infra.Costs.Usage;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Cli.Reports;

/// <summary>What a plan's CloudFront price class does to whom, and what another one would cost.</summary>
internal static class PriceClassReport
{
    private const string Distribution = "aws:cloudfront/distribution:Distribution";

    /// <summary>Who is served from farther away, a sentence each; nothing where the plan has no edge.</summary>
    public static IEnumerable<string> Effects(StackPlan plan) => ClassesOf(plan).SelectMany(priceClass => priceClass.Describe());

    /// <summary>The estimate with each other class, a sentence each, under the same usage.</summary>
    public static IEnumerable<string> Alternatives(StackPlan plan, UsageProfile usage, CostEstimate estimate, CostEstimator estimator)
    {
        foreach (var priceClass in ClassesOf(plan).SelectMany(used => Enum.GetValues<PriceClass>().Where(other => other != used)))
        {
            var key = priceClass.ApiName().Replace("PriceClass_", "", StringComparison.Ordinal);
            var total = estimator.Estimate(plan, usage.With([KeyValuePair.Create("edge.priceClass", key)], "another price class")).TotalUsd;
            yield return $"price class {key} instead: {MoneyText.Change(total - estimate.TotalUsd)} a month";
        }
    }

    private static IEnumerable<PriceClass> ClassesOf(StackPlan plan) => plan.OfType(Distribution)
        .Select(distribution => distribution.Input("priceClass") is TextValue text ? PriceClassFacts.Parse(text.Value) : null)
        .OfType<PriceClass>().Distinct();
}
