using System.Text.Json;
using System.Text.RegularExpressions;
using AkiDb.Infra.Components.Fleet;
using AkiDb.Infra.Components.Network;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.TestKit;
using Pulumi;

namespace AkiDb.Infra.Tests.Components.Fleet;

public sealed class JetsonFleetTests
{
    private const string Topic = "arn:aws:sns:us-east-1:111122223333:akidb-test-alarms";
    private const string Association = "aws:ssm/association:Association";
    private static readonly JetsonRelease Release = new("1.4.0", new string('a', 64));

    [Fact]
    public async Task Role_ReadsReleasesAndModelsAndIsForThisAccountsNodesOnly()
    {
        var plan = await PlanOf();

        plan.Only("aws:iam/role:Role").Text("assumeRolePolicy").Should().Contain("ssm.amazonaws.com").And.Contain("\"aws:SourceAccount\":\"111122223333\"");
        plan.Only("aws:iam/rolePolicy:RolePolicy").Text("policy").Should().Contain("arn:aws:s3:::models/jetson/*").And.NotContain("s3:PutObject").And.NotContain("aps:");
    }

    [Fact]
    public async Task Role_WithAManagedReceiver_MaySendToItsWorkspaceOnly() =>
        (await PlanOf(metricsUrl: "https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-0123/api/v1/remote_write")).Only("aws:iam/rolePolicy:RolePolicy").Text("policy")
            .Should().Contain("\"aps:RemoteWrite\"").And.Contain("arn:aws:aps:eu-central-1:111122223333:workspace/ws-0123");

    [Fact]
    public async Task Release_GoesToTheCanaryFirstAndStopsAtTheFirstFailure()
    {
        var plan = await PlanOf(Release);

        var canary = plan.Only(Association, "jetson-canary");
        var rest = plan.Only(Association, "jetson-rest");
        rest.Dependencies.Should().Contain(canary.Urn.ToString());
        new[] { canary, rest }.Should().OnlyContain(wave => wave.Text("maxErrors") == "0" && wave.Number("waitForSuccessTimeoutSeconds") == 1_800
            && wave.Text("parameters.Version") == "1.4.0" && wave.Text("parameters.Sha256") == Release.Sha256);
        (canary.Texts("targets[1].values")[0], rest.Texts("targets[1].values")[0]).Should().Be(("canary", "rest"));
        (canary.Text("maxConcurrency"), rest.Text("maxConcurrency")).Should().Be(("1", "25%"));
    }

    [Fact]
    public async Task Document_TakesParametersThatLeaveAShellNoRoom()
    {
        var plan = await PlanOf(Release);
        using var document = JsonDocument.Parse(plan.Only("aws:ssm/document:Document").Text("content"));
        var patterns = document.RootElement.GetProperty("parameters").EnumerateObject().ToDictionary(parameter => parameter.Name, parameter => parameter.Value.GetProperty("allowedPattern").GetString()!);
        var sent = plan.Only(Association, "jetson-canary");

        patterns.Should().NotBeEmpty();
        foreach (var (name, pattern) in patterns)
        {
            Regex.IsMatch(sent.Text($"parameters.{name}"), pattern).Should().BeTrue(name);
            Regex.IsMatch("x'; reboot; '", pattern).Should().BeFalse(name);
        }

        var steps = document.RootElement.GetProperty("mainSteps");
        steps.EnumerateArray().Select(step => step.GetProperty("action").GetString()).Should().Equal("aws:downloadContent", "aws:runShellScript");
        steps[1].GetProperty("inputs").GetProperty("runCommand").EnumerateArray().Select(line => line.GetString())
            .Should().EndWith(File.ReadAllLines(RepositoryFolder.At("runtime", "jetson", "release.sh")));
    }

    [Fact]
    public async Task WithoutARelease_NothingIsRolledOut() =>
        (await PlanOf()).OfType(Association).Select(association => association.Name).Should().BeEquivalentTo("jetson-agent", "jetson-agent-settings");

    [Fact]
    public async Task Alarms_EachBoard_IsMissedByNameAfterFiveMinutes()
    {
        var plan = await PlanOf();

        var alarms = plan.OfType("aws:cloudwatch/metricAlarm:MetricAlarm").ToList();
        alarms.Select(alarm => alarm.Text("dimensions.host")).Should().BeEquivalentTo("jetson01", "jetson02", "jetson03");
        alarms.Should().OnlyContain(alarm => alarm.Text("treatMissingData") == "breaching" && alarm.Number("evaluationPeriods") == 5 && alarm.Texts("alarmActions").SequenceEqual(new[] { Topic }));
        plan.Only("aws:ssm/parameter:Parameter").Text("insecureValue").Should().Contain("\"namespace\":\"AkiDB/Jetson\"");
    }

    [Fact]
    public async Task Enrolment_IsOpenOnlyUntilItsDateAndForSoManyBoards()
    {
        (await PlanOf()).OfType("aws:ssm/activation:Activation").Should().BeEmpty();

        var open = (await PlanOf(enrolUntil: new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero))).OfType("aws:ssm/activation:Activation").ToList();
        open.Select(activation => (activation.Text("tags.Wave"), activation.Number("registrationLimit"), activation.Text("expirationDate")))
            .Should().BeEquivalentTo([("canary", 1d, "2026-12-01T00:00:00Z"), ("rest", 2d, "2026-12-01T00:00:00Z")]);
    }

    [Fact]
    public async Task Vpn_LeadsFromEveryPrivateSubnetToTheSite()
    {
        var plan = await PlanOf(connected: true);

        plan.Only("aws:ec2/customerGateway:CustomerGateway").Text("ipAddress").Should().Be("203.0.113.7");
        plan.Only("aws:ec2/vpnConnectionRoute:VpnConnectionRoute").Text("destinationCidrBlock").Should().Be("192.168.1.0/24");
        plan.OfType("aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation").Select(route => route.Text("routeTableId")).Should().Equal("rtb-1", "rtb-2", "rtb-3");
        (await PlanOf()).OfType("aws:ec2/vpnConnection:VpnConnection").Should().BeEmpty("it costs by the hour");
    }

    [Theory]
    [InlineData("Office", "jetson01", "Site")]
    [InlineData("office", "jetson 01", "Boards")]
    [InlineData("office", "jetson01,jetson01", "Boards")]
    public async Task Names_ThatAShellCouldMisread_AreRefused(string site, string boards, string argument)
    {
        var plan = () => PlanOf(site: site, boards: boards.Split(','));

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain($"JetsonFleet 'jetson': {argument}");
    }

    private static Task<StackPlan> PlanOf(
        JetsonRelease? release = null, DateTimeOffset? enrolUntil = null, string? metricsUrl = null, bool connected = false, string site = "office", string[]? boards = null)
    {
        return ProgramPlan.OfAsync(() =>
        {
            _ = new JetsonFleet("jetson", new JetsonFleetArgs
            {
                AccountId = ProgramPlan.AccountId,
                NamePrefix = "akidb-test",
                Region = "us-east-1",
                Site = site,
                Boards = [.. boards ?? ["jetson01", "jetson02", "jetson03"]],
                Release = release,
                ModelBucket = "models",
                ModelKeyArn = "arn:aws:kms:us-east-1:111122223333:key/1",
                TopicArn = Topic,
                EnrolUntil = enrolUntil,
                MetricsUrl = metricsUrl is null ? null : new Uri(metricsUrl),
                Network = connected ? BoardNetwork.SiteToSiteVpn : BoardNetwork.None,
                Connection = connected ? Site() : null,
            });
        });

        static SiteConnection Site() =>
            new("203.0.113.7", CidrBlock.Parse("192.168.1.0/24"), "vpc-1", [Output.Create("rtb-1"), Output.Create("rtb-2"), Output.Create("rtb-3")]);
    }
}
