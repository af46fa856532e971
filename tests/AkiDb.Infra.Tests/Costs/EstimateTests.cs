using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Costs.Output;
using AkiDb.Infra.Costs.Prices;
using AkiDb.Infra.Costs.Specification;
using AkiDb.Infra.Plan;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Costs;

public sealed partial class EstimateTests
{
    private static readonly CostEstimator Estimator = new(PriceBook.Default);

    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("prod")]
    public async Task Estimate_ShippedEnvironment_LeavesNothingUnsaid(string environment)
    {
        var estimate = Estimator.Estimate(await ShippedPlanAsync(environment), UsageOf.Shipped(environment).Profile(UsageOf.Shipped(environment).DefaultScenario));

        estimate.Errors.Should().BeEmpty();
        estimate.Resources.Where(resource => resource.State == CoverageState.Unsupported).Select(resource => resource.Type).Should().BeEmpty();
        estimate.Resources.Where(resource => resource.State is CoverageState.Free or CoverageState.Elsewhere).Should().OnlyContain(resource => resource.Reason!.Length > 0);
    }

    [Fact]
    public async Task Estimate_AnyUsedPriceMissing_IsAnErrorLineAndNeverZero()
    {
        var shipped = UsageOf.Shipped("prod");
        await CheckEveryPriceAsync(await ShippedPlanAsync("prod"), shipped.Profile(shipped.DefaultScenario));
    }

    [Fact]
    public Task Estimate_AnyUsedPriceOfTheSpecificationMissing_IsAnErrorLine() =>
        CheckEveryPriceAsync(SpecificationPlan.Create(), SpecificationPlan.Usage(661_000_000));

    private static Task CheckEveryPriceAsync(StackPlan plan, AkiDb.Infra.Costs.Usage.UsageProfile usage)
    {
        var used = Estimator.Estimate(plan, usage).Lines.Select(line => line.Price!).DistinctBy(price => (price.Id, price.Region)).ToList();
        used.Should().HaveCountGreaterThan(20);
        foreach (var price in used)
        {
            // A spot price is made of the on-demand price of its type.
            var id = price.Id.Replace("ec2.spot.", "ec2.onDemand.", StringComparison.Ordinal);
            var estimate = new CostEstimator(PriceBook.Default.Without(id, price.Region)).Estimate(plan, usage);

            estimate.Errors.Select(error => error.Line.PriceId).Should().Contain(id, $"the price of {id} in {price.Region} was taken away");
        }

        return Task.CompletedTask;
    }

    [Fact]
    public void Estimate_EveryFormat_TotalsAreTheSumOfItsLines()
    {
        var random = new Random(3);
        for (var trial = 0; trial < 25; trial++)
        {
            var usage = SpecificationPlan.Usage(random.NextInt64(1_000_000, 3_000_000_000),
                ("edge.egressGb", $"{random.Next(1, 400_000)}"), ("tracing.percent", $"{random.Next(0, 101)}"), ("capacity.spotPercent", $"{random.Next(0, 101)}"));
            var estimate = Estimator.Estimate(SpecificationPlan.Create(), usage);
            var total = estimate.Lines.Sum(line => line.MonthlyUsd);

            estimate.TotalUsd.Should().Be(total);
            (estimate.BaselineUsd + estimate.UsageUsd).Should().Be(total);
            estimate.ByService.Sum(entry => entry.Usd).Should().Be(total);
            estimate.ByRegion.Sum(entry => entry.Usd).Should().Be(total);
            SumOfJson(estimate).Should().Be((total, total));
            SumOfMarkdown(estimate).Should().Be((total, total));
            SumOfHtml(estimate).Should().Be((total, total));
        }
    }

    [Fact]
    public void Json_SameEstimateTwice_GivesTheSameBytes() => Json(Specification()).Should().Equal(Json(Specification()));

    [Fact]
    public void Estimate_UnknownType_IsCountedAndListed()
    {
        var estimate = Estimator.Estimate(PlanOf.Resources(PlanOf.Resource("aws:redshift/cluster:Cluster")), UsageOf.Values());

        estimate.Count(CoverageState.Unsupported).Should().Be(1);
        estimate.Resources[0].Reason.Should().Contain("aws:redshift/cluster:Cluster");
    }

    [Fact]
    public void Estimate_NoUsage_ShowsUnitPricesInsteadOfAmounts()
    {
        var estimate = Estimator.Estimate(SpecificationPlan.Create(), AkiDb.Infra.Costs.Usage.UsageProfile.Empty);

        estimate.Lines.Where(line => line.IsUsage && line.Service is not ("ec2" or "ebs")).Should().OnlyContain(line => line.State == LineState.DependsOnUsage && line.UnitPriceText.StartsWith('$'));
        estimate.Lines.Where(line => line.Service == "eks").Should().OnlyContain(line => line.State == LineState.Priced && line.MonthlyUsd == 73);
    }

    private static CostEstimate Specification() => Estimator.Estimate(SpecificationPlan.Create(), SpecificationPlan.Usage(100_000_000));

    private static (decimal Lines, decimal Total) SumOfJson(CostEstimate estimate)
    {
        using var json = JsonDocument.Parse(Json(estimate));
        var lines = json.RootElement.GetProperty("resources").EnumerateArray().SelectMany(resource => resource.GetProperty("lines").EnumerateArray());
        return (lines.Where(line => line.TryGetProperty("monthlyUsd", out _)).Sum(line => line.GetProperty("monthlyUsd").GetDecimal()),
            json.RootElement.GetProperty("monthlyUsd").GetDecimal());
    }

    private static (decimal Services, decimal Total) SumOfMarkdown(CostEstimate estimate)
    {
        var text = EstimateMarkdown.Of(estimate, null, [], []);
        var services = text[text.IndexOf("| service |", StringComparison.Ordinal)..];
        return (Amounts(services).Sum(), Amounts(text[text.IndexOf("**", StringComparison.Ordinal)..]).First());
    }

    private static (decimal Lines, decimal Total) SumOfHtml(CostEstimate estimate)
    {
        var page = EstimateHtml.Of(estimate, [], []);
        var cells = Cell().Matches(page[page.IndexOf("<h2>Lines</h2>", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value);
        return (cells.SelectMany(Amounts).Sum(), Amounts(page[page.IndexOf("class=\"total\"", StringComparison.Ordinal)..]).First());
    }

    private static IEnumerable<decimal> Amounts(string text) =>
        Money().Matches(text).Select(match => decimal.Parse(match.Groups[1].Value, NumberStyles.Number, CultureInfo.InvariantCulture));

    private static byte[] Json(CostEstimate estimate)
    {
        using var stream = new MemoryStream();
        EstimateJson.Write(stream, estimate, []);
        return stream.ToArray();
    }

    private static Task<StackPlan> ShippedPlanAsync(string environment) => new PlanProvider(new Repository(RepositoryFolder.Root)).EvaluateAsync(environment);

    [GeneratedRegex(@"\$([0-9,]+\.[0-9]{2})")]
    private static partial Regex Money();

    // The last cell of a row holds the line's money.
    [GeneratedRegex(@"<td class=""n""?>(\$[0-9,.]+)[^<]*</tr>")]
    private static partial Regex Cell();
}
