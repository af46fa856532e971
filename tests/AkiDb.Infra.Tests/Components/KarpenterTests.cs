using System.Text.Json;
using AkiDb.Infra.Components.Autoscaling;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.TestKit;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Tests.Components;

public sealed class KarpenterTests
{
    [Fact]
    public async Task Interruptions_FiveKindsOfEvent_ReachOneEncryptedQueue()
    {
        var plan = await PlanOf();

        plan.OfType("aws:cloudwatch/eventRule:EventRule").Select(rule => rule.Text("eventPattern")).Should().BeEquivalentTo(
            """{"source":["aws.health"],"detail-type":["AWS Health Event"]}""",
            """{"source":["aws.ec2"],"detail-type":["EC2 Spot Instance Interruption Warning"]}""",
            """{"source":["aws.ec2"],"detail-type":["EC2 Instance Rebalance Recommendation"]}""",
            """{"source":["aws.ec2"],"detail-type":["EC2 Instance State-change Notification"]}""",
            """{"source":["aws.ec2"],"detail-type":["EC2 Capacity Reservation Instance Interruption Warning"]}""");
        plan.OfType("aws:cloudwatch/eventTarget:EventTarget").Select(target => target.Text("arn")).Distinct()
            .Should().Equal("arn:aws:sqs:us-east-1:111122223333:akidb-test");
        var queue = plan.Only("aws:sqs/queue:Queue");
        (queue.Number("messageRetentionSeconds"), queue.Flag("sqsManagedSseEnabled")).Should().Be((300, true));
    }

    [Fact]
    public async Task Interruptions_Queue_TakesMessagesFromItsRulesOnlyAndNothingByPlainHttp()
    {
        var statements = Statements((await PlanOf()).Only("aws:sqs/queuePolicy:QueuePolicy").Text("policy"));

        statements["RulesMaySend"].GetProperty("Condition").GetProperty("ArnEquals").GetProperty("aws:SourceArn").GetArrayLength().Should().Be(5);
        statements["DenyHTTP"].GetProperty("Effect").GetString().Should().Be("Deny");
    }

    [Fact]
    public async Task Controller_SixPolicies_HoldNoWildcardActionAndNarrowWhatTheyCan()
    {
        var documents = (await PlanOf()).OfType("aws:iam/policy:Policy").Select(policy => policy.Text("policy")).ToList();

        documents.Should().HaveCount(6).And.OnlyContain(document => document.Length <= 6144, "a managed policy holds no more");
        var statements = documents.SelectMany(Statements).ToDictionary(statement => statement.Key, statement => statement.Value);
        foreach (var (sid, statement) in statements)
        {
            Texts(statement.GetProperty("Action")).Should().NotContain(action => action.Contains('*', StringComparison.Ordinal), sid);
            if (Texts(statement.GetProperty("Resource")).Contains("*"))
                (statement.TryGetProperty("Condition", out _) || IsReadOnly(statement)).Should().BeTrue($"{sid} is on every resource");
        }

        // Whoever starts or ends instances must name this cluster's tag.
        foreach (var sid in new[] { "AllowScopedEC2InstanceActionsWithTags", "AllowScopedResourceCreationTagging", "AllowScopedDeletion", "AllowScopedInstanceProfileActions" })
            statements[sid].GetProperty("Condition").ToString().Should().Contain("kubernetes.io/cluster/akidb-test", sid);
        Texts(statements["AllowPassingInstanceRole"].GetProperty("Resource")).Should().ContainSingle().Which.Should().Contain(":role/");
    }

    [Fact]
    public async Task Nodes_OfKarpenter_MayJoinTheCluster()
    {
        var plan = await PlanOf();

        plan.Only("aws:eks/accessEntry:AccessEntry").Text("type").Should().Be("EC2_LINUX");
        plan.OfType("aws:iam/rolePolicyAttachment:RolePolicyAttachment").Select(attachment => attachment.Text("policyArn")).Should()
            .Contain("arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly");
    }

    [Fact]
    public async Task Charts_CrdsComeFirstAndTheControllerStaysOffItsOwnNodes()
    {
        var plan = await PlanOf();
        var (crds, controller) = (plan.Only("kubernetes:helm.sh/v3:Release", "karpenter-karpenter-crd"), plan.Only("kubernetes:helm.sh/v3:Release", "karpenter-karpenter"));

        controller.Dependencies.Should().Contain(crds.Urn.ToString());
        (controller.Flag("skipCrds"), controller.Text("version")).Should().Be((true, Karpenter.Version));
        controller.Text("values.nodeSelector[\"akidb.io/pool\"]").Should().Be("baseline");
        controller.Text("values.settings.interruptionQueue").Should().Be("akidb-test");
    }

    [Fact]
    public async Task Controller_WithoutNodesToRunOn_IsRefused()
    {
        var plan = () => ProgramPlan.OfAsync(() => Create(withNodes: false));

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("Karpenter 'karpenter'").And.Contain("ControllerNodes");
    }

    private static bool IsReadOnly(JsonElement statement) => Texts(statement.GetProperty("Action"))
        .All(action => action.Split(':')[1] is var verb && (verb.StartsWith("Get", StringComparison.Ordinal) || verb.StartsWith("List", StringComparison.Ordinal)));

    private static Dictionary<string, JsonElement> Statements(string document) =>
        JsonDocument.Parse(document).RootElement.GetProperty("Statement").EnumerateArray()
            .ToDictionary(statement => statement.GetProperty("Sid").GetString()!);

    private static List<string> Texts(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : [value.GetString()!];

    private static Task<StackPlan> PlanOf() => ProgramPlan.OfAsync(() => Create(withNodes: true));

    private static void Create(bool withNodes)
    {
        Resource node = new Aws.Ec2.Vpc("stands-for-nodes", new Aws.Ec2.VpcArgs { CidrBlock = "10.0.0.0/16" });
        _ = new Karpenter("karpenter", new KarpenterArgs
        {
            AccountId = ProgramPlan.AccountId,
            Region = "us-east-1",
            ClusterName = "akidb-test",
            ClusterArn = "arn:aws:eks:us-east-1:111122223333:cluster/akidb-test",
            ClusterEndpoint = "https://example.com",
            ControllerNodes = withNodes ? [node] : [],
        });
    }
}
