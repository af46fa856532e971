using System.Text.Json;
using AkiDb.Infra.Components.Observability.Alerting;
using AkiDb.Infra.Components.Observability.Objectives;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.Infra.Plan.Values;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components;

public sealed class AlertNotificationsTests
{
    [Fact]
    public async Task Configuration_IsASecretToPulumiUnderTheKeyThatTheOperatorReads()
    {
        var secret = (await PlanOf(NotificationLevel.Pages)).Only("kubernetes:core/v1:Secret");

        (secret.Text("metadata.name"), secret.Text("metadata.namespace")).Should().Be(("akidb-alertmanager", "monitoring"));
        secret.Input("stringData[\"alertmanager.yaml\"]").Should().BeOfType<SecretValue>();
    }

    [Fact]
    public async Task Keys_MayBeReadByOneAccountFromOneSecretOfItsOwnRegion()
    {
        var plan = await PlanOf(NotificationLevel.Pages);
        using var policy = JsonDocument.Parse(plan.Only("aws:iam/policy:Policy").Text("policy"));
        var statement = policy.RootElement.GetProperty("Statement")[0];

        statement.GetProperty("Action").EnumerateArray().Select(action => action.GetString()).Should().Equal("secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret");
        statement.GetProperty("Resource").GetString().Should().StartWith("arn:aws:secretsmanager:eu-central-1:111122223333:secret:akidb-test/pagerduty");
        (plan.Only("aws:eks/podIdentityAssociation:PodIdentityAssociation").Text("namespace"), plan.Only("aws:eks/podIdentityAssociation:PodIdentityAssociation").Text("serviceAccount"))
            .Should().Be(("monitoring", "external-secrets"));
    }

    [Fact]
    public async Task Secret_HasNoValueInTheProgramAndACopyInEveryOtherRegion()
    {
        var plan = await PlanOf(NotificationLevel.Pages);

        plan.OfType("aws:secretsmanager/secretVersion:SecretVersion").Should().BeEmpty("a person puts the keys in");
        plan.Only("aws:secretsmanager/secret:Secret").Text("replicas[0].region").Should().Be("eu-central-1");
        plan.Only("aws:secretsmanager/secret:Secret").Input("replicas[1]").Should().BeNull();
    }

    [Theory]
    [InlineData(NotificationLevel.Pages, "p0,p1,tickets")]
    [InlineData(NotificationLevel.Tickets, "tickets")]
    public async Task Copy_HasTheFilesThatTheConfigurationNames(NotificationLevel level, string files)
    {
        var copy = (await PlanOf(level)).Only("kubernetes:external-secrets.io/v1:ExternalSecret");

        ((ListValue)copy.Input("spec.data")!).Items.Select(item => ((TextValue)item.At("secretKey")!).Value).Should().Equal(files.Split(','));
        copy.Text("spec.data[0].remoteRef.key").Should().Be("akidb-test/pagerduty");
        foreach (var receiver in AlertmanagerConfiguration.For(level, WorkingHours.Default, PagerDutyRegion.Us).Receivers)
            files.Split(',').Should().Contain(Path.GetFileName(receiver.KeyFile));
    }

    [Fact]
    public async Task Operator_SeesOneNamespaceAndRunsNoWebhook()
    {
        var chart = (await PlanOf(NotificationLevel.Pages)).Only("kubernetes:helm.sh/v3:Release");

        (chart.Text("values.scopedNamespace"), chart.Flag("values.scopedRBAC"), chart.Flag("values.webhook.create"), chart.Flag("values.certController.create"))
            .Should().Be(("monitoring", true, false, false));
    }

    [Fact]
    public async Task NobodyIsTold_NothingIsDeclaredButTheConfiguration()
    {
        var plan = await PlanOf(NotificationLevel.None);

        plan.Resources.Where(resource => resource.Type.StartsWith("kubernetes:", StringComparison.Ordinal)).Should().ContainSingle();
        plan.OfType("aws:iam/role:Role").Should().BeEmpty();
    }

    [Theory]
    [InlineData("keys", "AlertNotifications 'alerts': Keys is 'nothing'; allowed: the keys in Secrets Manager, unless Level is None.")]
    [InlineData("hours", "AlertNotifications 'alerts': Hours is ")]
    [InlineData("runbooks", "ServiceObjectives 'slo': RunbooksUrl is 'http://wiki/'; allowed: an HTTPS address")]
    public async Task Component_AFault_IsRefusedWithItsNameAndWhatIsAllowed(string fault, string expected)
    {
        var plan = () => ProgramPlan.OfAsync(() =>
        {
            if (fault == "runbooks")
                _ = new ServiceObjectives("slo", new ServiceObjectivesArgs { RunbooksUrl = new Uri("http://wiki/"), After = [] });
            else
                Create(NotificationLevel.Pages, withKeys: fault != "keys", fault == "hours" ? WorkingHours.Default with { Until = new TimeOnly(8, 0) } : WorkingHours.Default);
        });

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().StartWith(expected);
    }

    private static Task<StackPlan> PlanOf(NotificationLevel level) =>
        ProgramPlan.OfAsync(() => Create(level, withKeys: level != NotificationLevel.None, WorkingHours.Default));

    private static void Create(NotificationLevel level, bool withKeys, WorkingHours hours) => _ = new AlertNotifications("alerts", new AlertNotificationsArgs
    {
        AccountId = ProgramPlan.AccountId,
        Region = "eu-central-1",
        ClusterName = "akidb-test",
        ClusterArn = "arn:aws:eks:eu-central-1:111122223333:cluster/akidb-test",
        Level = level,
        Hours = hours,
        Keys = withKeys ? new PagingSecret("keys", new PagingSecretArgs { NamePrefix = "akidb-test", HomeRegion = "us-east-1", CopyRegions = ["us-east-1", "eu-central-1"] }) : null,
        After = [],
    });
}
