using AkiDb.Infra.Plan;
using AkiDb.Infra.Policies;
using AkiDb.Infra.Policies.Exempting;
using AkiDb.TestKit;
using AkiDb.TestKit.Plans;

namespace AkiDb.Infra.Tests.Policies.Faults;

public sealed class FaultTests
{
    private static readonly PolicyContext Context = new(new DateOnly(2026, 11, 22));

    public static TheoryData<string> Names => [.. FaultList.All.Select(fault => fault.Name)];

    [Fact]
    public void List_HasSixtyFaultsOrMore_EachOnce() =>
        FaultList.All.Select(fault => fault.Name).Should().OnlyHaveUniqueItems().And.HaveCountGreaterThanOrEqualTo(60);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Fault_InTheProdPlan_IsCaughtByItsRuleAndByNoStranger(string name)
    {
        var fault = FaultList.All.Single(entry => entry.Name == name);
        var clean = await ProdPlan.CompleteAsync();

        var before = Check(clean).Violations.Select(violation => violation.Key).ToHashSet();
        var caught = Check(fault.Mutate(PlanBuilder.From(clean)).Build()).Violations
            .Where(violation => !before.Contains(violation.Key)).Select(violation => violation.Rule.Name).ToHashSet();

        caught.Should().Contain(fault.Rule);
        caught.Should().BeSubsetOf([fault.Rule, .. fault.Also]);
    }

    [Fact]
    public async Task CompletePlan_WithoutAFault_HasNoViolation() =>
        Check(await ProdPlan.CompleteAsync()).Violations.Select(violation => $"{violation.Rule.Name} {violation.Violation.Resource.Name} {violation.Violation.Path}").Should().BeEmpty();

    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("prod")]
    [InlineData("bootstrap")]
    public async Task ShippedEnvironment_AllRules_PassWithItsExemptions(string environment)
    {
        var report = Check(await ProdPlan.EnvironmentAsync(environment));

        report.Violations.Select(violation => $"{violation.Rule.Name} {violation.Violation.Resource.Name} {violation.Violation.Path}").Should().BeEmpty();
        report.Warnings.Should().BeEmpty();
        // Offline nothing is unknown; only the cost is not handed in here.
        report.Undecided.Select(entry => entry.Rule.Name).Should().BeEquivalentTo("monthly-budget");
    }

    private static PolicyReport Check(StackPlan plan) => PolicyCheck.Run(plan, Context,
        ExemptionFile.Read(File.ReadAllText(RepositoryFolder.At("policies", "exemptions.yaml")), "exemptions.yaml"));
}
