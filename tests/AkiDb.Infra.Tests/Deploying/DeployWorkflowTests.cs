using AkiDb.Infra.Bootstrap;
using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Plan;
using AkiDb.TestKit;
using YamlDotNet.RepresentationModel;

namespace AkiDb.Infra.Tests.Deploying;

/// <summary>.github/workflows/deploy.yml beside what the bootstrap stack trusts.</summary>
public sealed class DeployWorkflowTests
{
    private static readonly YamlMappingNode Workflow = Read(".github", "workflows", "deploy.yml");

    [Fact]
    public void Plan_BeforeTheApproval_TakesTheRoleThatTrustsMain()
    {
        Node("jobs", "plan").Children.Should().NotContainKey("environment");
        Roles("plan").Should().Equal("akidb-preview");
        Steps("plan").Should().Contain(step => step.StartsWith("pulumi preview", StringComparison.Ordinal)).And.NotContain(step => step.StartsWith("pulumi up", StringComparison.Ordinal));
        Steps("test")[0].Should().Contain("exit 1");
        Text(((YamlSequenceNode)Node("jobs", "test")["steps"])[0], "if").Should().Be("github.ref != 'refs/heads/main'");
    }

    [Fact]
    public void Up_IsTheOnlyJobBehindTheApprovalAndDoesWhatWasApproved()
    {
        Text(Node("jobs", "up"), "environment").Should().Be("${{ inputs.environment }}");
        Text(Node("jobs", "up"), "needs").Should().Be("plan");
        Roles("up").Should().Equal("akidb-deploy");
        Steps("up").Should().Contain("pulumi up --yes --plan plan.json");
        Steps("plan").Should().Contain(step => step.Contains("--save-plan plan.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Roles_OfTheJobs_TrustTheirSubjects()
    {
        var plan = await new PlanProvider(new Repository(RepositoryFolder.Root)).EvaluateAsync(Repository.Bootstrap);

        Trust(plan, "akidb-preview").Should().Contain("repo:example/akidb:ref:refs/heads/main").And.NotContain("environment:").And.NotContain("pull_request");
        foreach (var environment in Options())
            Trust(plan, "akidb-deploy").Should().Contain($"repo:example/akidb:environment:{environment}");
        Trust(plan, "akidb-deploy").Should().NotContain("refs/heads");
    }

    [Fact]
    public void Environments_AreThoseOfTheSettingsAndOfTheBootstrapStack()
    {
        Options().Should().BeEquivalentTo(new Repository(RepositoryFolder.Root).Environments);
        BootstrapSettings.Load("account", StackConfiguration.Read(RepositoryFolder.At("stacks", "AkiDb.Infra.Bootstrap", "Pulumi.account.yaml")))
            .Environments.Should().BeEquivalentTo(Options());
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("prod")]
    public void Previews_OfAStandingCluster_AreLetIn(string environment) =>
        File.ReadAllText(RepositoryFolder.At($"Pulumi.{environment}.yaml")).Should().Contain("role/akidb-preview");

    [Fact]
    public void Jobs_MayDoNoMoreThanTheyNeed()
    {
        Text(Node("permissions"), "contents").Should().Be("read");
        Node("jobs", "test").Children.Should().NotContainKey("permissions");
        foreach (var job in new[] { "plan", "up" })
        {
            Node("jobs", job, "permissions").Children.Select(entry => $"{entry.Key}: {entry.Value}").Should().Equal("contents: read", "id-token: write");
        }
    }

    private static YamlMappingNode Read(params string[] path)
    {
        using var text = File.OpenText(RepositoryFolder.At(path));
        var yaml = new YamlStream();
        yaml.Load(text);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static YamlMappingNode Node(params string[] path) => (YamlMappingNode)path.Aggregate((YamlNode)Workflow, (node, key) => node[key]);

    private static string Text(YamlNode node, string key) => node[key].ToString();

    private static List<string> Options() =>
        [.. ((YamlSequenceNode)Node("on", "workflow_dispatch", "inputs", "environment")["options"]).Select(option => option.ToString())];

    // What each step runs or uses.
    private static List<string> Steps(string job) =>
        [.. ((YamlSequenceNode)Node("jobs", job)["steps"]).Cast<YamlMappingNode>().Select(step => Text(step, step.Children.ContainsKey("run") ? "run" : "uses"))];

    private static List<string> Roles(string job) =>
    [
        .. ((YamlSequenceNode)Node("jobs", job)["steps"]).Cast<YamlMappingNode>()
            .Where(step => step.Children.ContainsKey("with") && ((YamlMappingNode)step["with"]).Children.ContainsKey("role-to-assume"))
            .Select(step => Text(step["with"], "role-to-assume").Split('/')[^1]),
    ];

    private static string Trust(StackPlan plan, string role) =>
        plan.OfType("aws:iam/role:Role").Single(found => found.Text("name") == role).Text("assumeRolePolicy");
}
