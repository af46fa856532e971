using System.Text.Json;
using AkiDb.Infra.Components.Cost;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.Infra.Plan.Values;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components;

public sealed class CostMonitoringTests
{
    private const string Budget = "aws:budgets/budget:Budget";
    private const string Topic = "arn:aws:sns:us-east-1:111122223333:akidb-test-costs";

    [Fact]
    public async Task DailyBudget_IsAHundredDollarsOfWhatBearsTheEnvironmentsTag()
    {
        var budget = (await PlanOf()).Only(Budget, "costs-daily");

        (budget.Text("timeUnit"), budget.Text("limitAmount"), budget.Text("limitUnit")).Should().Be(("DAILY", "100", "USD"));
        (budget.Text("costFilters[0].name"), budget.Texts("costFilters[0].values").Single()).Should().Be(("TagKeyValue", "user:environment$test"));
        Notifications(budget).Should().Equal("ACTUAL 100");
    }

    [Fact]
    public async Task MonthlyBudget_TellsWhenTheForecastPassesItNotOnlyTheBill()
    {
        var budget = (await PlanOf()).Only(Budget, "costs-monthly");

        (budget.Text("timeUnit"), budget.Text("limitAmount")).Should().Be(("MONTHLY", "9500"));
        Notifications(budget).Should().Equal("ACTUAL 80", "ACTUAL 100", "FORECASTED 100");
        budget.Flag("costTypes.includeCredit").Should().BeFalse("a credit would hide what was used");
    }

    [Fact]
    public async Task Anomalies_OfTheEnvironmentAreToldAtOnceIfTheyAreLargeBothWays()
    {
        var plan = await PlanOf();

        var specification = JsonDocument.Parse(plan.Only("aws:costexplorer/anomalyMonitor:AnomalyMonitor").Text("monitorSpecification")).RootElement.GetProperty("Tags");
        (specification.GetProperty("Key").GetString(), specification.GetProperty("Values")[0].GetString()).Should().Be(("user:environment", "test"));
        var subscription = plan.Only("aws:costexplorer/anomalySubscription:AnomalySubscription");
        (subscription.Text("frequency"), subscription.Text("subscribers[0].type"), subscription.Text("subscribers[0].address")).Should().Be(("IMMEDIATE", "SNS", Topic));
        ((ListValue)subscription.Input("thresholdExpression.ands")!).Items.Select(item => (item.At("dimension.key"), item.At("dimension.values[0]"))).Should().Equal(
            (new TextValue("ANOMALY_TOTAL_IMPACT_ABSOLUTE"), new TextValue("50")), (new TextValue("ANOMALY_TOTAL_IMPACT_PERCENTAGE"), new TextValue("20")));
    }

    [Fact]
    public async Task AllocationTags_AreActivatedOnlyWhenAsked()
    {
        (await PlanOf()).OfType("aws:costexplorer/costAllocationTag:CostAllocationTag").Should().BeEmpty();
        (await PlanOf(tags: ["environment", "owner"])).OfType("aws:costexplorer/costAllocationTag:CostAllocationTag").Select(tag => tag.Text("tagKey"))
            .Should().BeEquivalentTo("environment", "owner");
    }

    [Theory]
    [InlineData(0, "DailyUsd")]
    public async Task Amounts_OutOfRange_AreRefusedByName(int dailyUsd, string argument)
    {
        var plan = () => PlanOf(dailyUsd);

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("CostMonitoring 'costs'").And.Contain(argument);
    }

    [Theory]
    [InlineData(CostTool.OpenCost, 1, 0)]
    [InlineData(CostTool.Kubecost, 0, 1)]
    [InlineData(CostTool.Both, 1, 1)]
    public async Task Tool_SaysWhatIsInstalled(CostTool tool, int releases, int addons)
    {
        var plan = await ClusterPlanOf(tool);

        plan.OfType("kubernetes:helm.sh/v3:Release").Should().HaveCount(releases);
        plan.OfType("aws:eks/addon:Addon").Should().HaveCount(addons);
    }

    [Fact]
    public async Task OpenCost_KnowsItsClusterReadsSpotPricesAndAsksThePrometheusThatIsThere()
    {
        var plan = await ClusterPlanOf(CostTool.OpenCost);

        var release = plan.Only("kubernetes:helm.sh/v3:Release");
        release.Text("values.opencost.exporter.defaultClusterId").Should().Be("akidb-test");
        release.Text("values.opencost.prometheus.external.url").Should().Be("http://prometheus-operated.monitoring:9090");
        PolicyStatements.BySid(plan.Only("aws:iam/policy:Policy").Text("policy"))["ReadSpotPrices"].GetProperty("Action").GetString()
            .Should().Be("ec2:DescribeSpotPriceHistory");
        plan.Only("aws:eks/podIdentityAssociation:PodIdentityAssociation").Text("serviceAccount").Should().Be(release.Text("values.serviceAccount.name"));
        plan.Only("kubernetes:monitoring.coreos.com/v1:PodMonitor").Texts("spec.namespaceSelector.matchNames").Should().Equal("monitoring");
    }

    [Fact]
    public async Task CostTags_ReachEverythingOfProductionThatCanBearTags()
    {
        string[] wanted = ["cost-center", "environment", "managed-by", "owner", "project"];
        var plan = await ProductionPlan.Value;
        var providers = plan.Resources.Where(resource => resource.Type is "pulumi:providers:aws" or "pulumi:providers:aws-native")
            .ToDictionary(provider => provider.Urn.ToString());

        // What AWS makes for Pulumi is tagged by its provider …
        foreach (var resource in plan.Resources.Where(resource => resource.Type.StartsWith("aws", StringComparison.Ordinal)))
        {
            var tags = JsonDocument.Parse(providers[resource.Provider!].Text("defaultTags")).RootElement.GetProperty("tags");
            wanted.Should().OnlyContain(tag => tags.GetProperty(tag).GetString()!.Length > 0, resource.Urn.ToString());
        }

        // … and what is started later, by Karpenter and by node groups, by its template.
        var nodeClasses = plan.OfType("kubernetes:karpenter.k8s.aws/v1:EC2NodeClass").Should().NotBeEmpty().And.Subject;
        foreach (var nodeClass in nodeClasses)
            wanted.Should().OnlyContain(tag => nodeClass.TextOf($"spec.tags[\"{tag}\"]").Length > 0, nodeClass.Urn.ToString());
        var templates = plan.OfType("aws:ec2/launchTemplate:LaunchTemplate").Should().NotBeEmpty().And.Subject;
        foreach (var template in templates)
        {
            foreach (var index in new[] { 0, 1 })
                wanted.Should().OnlyContain(tag => template.TextOf($"tagSpecifications[{index}].tags[\"{tag}\"]").Length > 0, template.Urn.ToString());
        }
    }

    private static IEnumerable<string> Notifications(PlannedResource budget) => ((ListValue)budget.Input("notifications")!).Items
        .Select(notification => $"{((TextValue)notification.At("notificationType")!).Value} {((NumberValue)notification.At("threshold")!).Value}");

    private static Task<StackPlan> PlanOf(int dailyUsd = 100, string[]? tags = null) => ProgramPlan.OfAsync(() => _ = new CostMonitoring("costs", new CostMonitoringArgs
    {
        Environment = "test",
        NamePrefix = "akidb-test",
        TopicArn = Topic,
        DailyUsd = dailyUsd,
        MonthlyUsd = 9500,
        AllocationTags = [.. tags ?? []],
    }));

    private static Task<StackPlan> ClusterPlanOf(CostTool tool) =>
        ProgramPlan.OfAsync(() => _ = new ClusterCosts("costs", new ClusterCostsArgs { Settings = TestCluster.Settings(), Tool = tool }));
}
