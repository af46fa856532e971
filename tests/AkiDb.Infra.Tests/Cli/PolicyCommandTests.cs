using System.Text.Json;
using System.Xml.Linq;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Policies;
using AkiDb.TestKit;
using AkiDb.TestKit.Plans;

namespace AkiDb.Infra.Tests.Cli;

public sealed class PolicyCommandTests : IDisposable
{
    private readonly PlanFiles _files = new();

    private static StackPlan Broken => new PlanBuilder("prod")
        .Has("aws:kms/key:Key", "vault", "enableKeyRotation: false")
        .Has("aws:cloudwatch/logGroup:LogGroup", "pending", "{retentionInDays: !unknown , kmsKeyId: k}")
        .Has("aws:ec2/securityGroup:SecurityGroup", "gate", "egress: [{protocol: '-1', fromPort: 0, toPort: 0, cidrBlocks: [0.0.0.0/0]}]")
        .Build();

    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("prod")]
    public async Task Policy_ShippedEnvironment_ExitsCleanAndNamesItsExemptions(string environment)
    {
        var result = await AkiDbProcess.RunAsync("policy", environment, "--on", "2026-11-22");

        result.ExitCode.Should().Be(0, result.Output);
        result.Output.Should().Contain("0 mandatory violations").And.Contain("exempted eks-public-endpoint-off");
    }

    [Fact]
    public async Task Policy_BrokenPlan_ExitsOneAndReadsAsAccepted()
    {
        // A folder without exemptions, so that the page changes only when a rule does.
        var result = await AkiDbProcess.RunInAsync(_files.At(""), "policy", "--plan", _files.Write("plan.json", Broken));

        result.ExitCode.Should().Be(1);
        Golden.Check(string.Join('\n', result.Output.Split('\n').Select(line => line.TrimEnd())), "Cli", "Goldens", "policy-broken.txt");
    }

    [Fact]
    public async Task Policy_OnADateAfterTheExemptions_SaysThatTheyRanOut()
    {
        var result = await AkiDbProcess.RunAsync("policy", "dev", "--on", "2099-01-01");

        result.ExitCode.Should().Be(1);
        result.Output.Should().Contain("exemption-expired").And.Contain("eks-public-endpoint-off").And.Contain("eks-supported-version");
    }

    [Fact]
    public async Task Policy_AdvisoryOnly_DoesNotBlock()
    {
        var plan = new PlanBuilder("other").Has("aws:ec2/volume:Volume", "disk", "encrypted: true").Build();

        var result = await AkiDbProcess.RunInAsync(_files.At(""), "policy", "--plan", _files.Write("plan.json", plan));

        result.ExitCode.Should().Be(0);
        result.Output.Should().Contain("ebs-customer-key").And.Contain("0 mandatory violations, 1 advisory");
    }

    [Fact]
    public async Task Policy_Json_SaysWhatThePageSays()
    {
        var result = await AkiDbProcess.RunAsync("policy", "--plan", _files.Write("plan.json", Broken), "--json");

        using var json = JsonDocument.Parse(result.Output);
        json.RootElement.GetProperty("blocking").GetBoolean().Should().BeTrue();
        json.RootElement.GetProperty("violations").EnumerateArray().Select(violation => violation.GetProperty("rule").GetString())
            .Should().Equal("kms-rotation", "security-group-egress-narrow");
        json.RootElement.GetProperty("notApplicableYet").EnumerateArray().Select(entry => entry.GetProperty("rule").GetString()).Should().Contain("logs-retention");
    }

    [Fact]
    public async Task Policy_Sarif_PointsIntoTheComponentThatMakesTheResource()
    {
        var path = _files.At("out.sarif");
        var plan = (await AkiDbProcess.RunAsync("preview", "dev", "--json")).Output.Replace("\"enableKeyRotation\": true", "\"enableKeyRotation\": false", StringComparison.Ordinal);
        await File.WriteAllTextAsync(_files.At("plan.json"), plan);

        await AkiDbProcess.RunAsync("policy", "--plan", _files.At("plan.json"), "--sarif", path, "--on", "2026-11-22");

        using var sarif = JsonDocument.Parse(await File.ReadAllTextAsync(path));
        var run = sarif.RootElement.GetProperty("runs")[0];
        var result = run.GetProperty("results").EnumerateArray().First(entry => entry.GetProperty("ruleId").GetString() == "kms-rotation");
        run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString().Should().Be("kms-rotation");
        var location = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        var file = location.GetProperty("artifactLocation").GetProperty("uri").GetString()!;
        file.Should().Be("components/AkiDb.Infra.Components/Identity/EncryptionKey.cs");
        var line = location.GetProperty("region").GetProperty("startLine").GetInt32();
        (await File.ReadAllLinesAsync(RepositoryFolder.At(file.Split('/'))))[line - 1].Should().Contain("Kms.Key");
        run.GetProperty("results").EnumerateArray().Should().Contain(entry => entry.ToString().Contains("suppressions", StringComparison.Ordinal), "what is exempted is told as suppressed");
    }

    [Fact]
    public async Task Policy_JUnit_HasOneCaseARule()
    {
        var path = _files.At("out.xml");

        await AkiDbProcess.RunAsync("policy", "--plan", _files.Write("plan.json", Broken), "--junit", path);

        var suite = XDocument.Load(path).Root!.Element("testsuite")!;
        suite.Elements("testcase").Should().HaveCount(RuleCatalogue.All.Length);
        suite.Attribute("failures")!.Value.Should().Be("1");
        suite.Elements("testcase").Single(test => test.Attribute("name")!.Value == "kms-rotation").Element("failure")!.Value.Should().Contain("vault");
        suite.Elements("testcase").Single(test => test.Attribute("name")!.Value == "logs-retention").Element("skipped").Should().NotBeNull();
    }

    [Fact]
    public async Task Policy_Explain_SaysWhyAndHow()
    {
        var result = await AkiDbProcess.RunAsync("policy", "--explain", "kms-rotation");

        result.ExitCode.Should().Be(0);
        result.Output.Should().Contain("why").And.Contain("Set enableKeyRotation to true.").And.Contain("CKV_AWS_7");
    }

    [Theory]
    [InlineData("--sarif /nowhere/x: Could not find", "--sarif", "/nowhere/x")]
    [InlineData("--junit /nowhere/x: Could not find", "--junit", "/nowhere/x")]
    [InlineData("--on is 'nope'; want a date as 2026-11-22.\nRun './akidb policy --help'", "--on", "nope")]
    public async Task Policy_ValueThatCannotBeUsed_SaysWhatWouldBeRight(string expected, params string[] options)
    {
        var result = await AkiDbProcess.RunInAsync(_files.At(""), ["policy", "--plan", _files.Write("plan.json", Broken), .. options]);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain(expected).And.NotContain("   at ");
    }

    [Fact]
    public async Task Policy_ExplainMisspelt_NamesTheNearest()
    {
        var result = await AkiDbProcess.RunAsync("policy", "--explain", "kms-rotaton");

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain("did you mean 'kms-rotation'?");
    }

    [Fact]
    public async Task Policy_List_HasEveryRule() =>
        (await AkiDbProcess.RunAsync("policy", "--list")).Output.Should().ContainAll(RuleCatalogue.All.Select(rule => rule.About.Name));

    [Fact]
    public async Task Docs_PoliciesPage_IsWhatTheRulesSay()
    {
        var page = (await AkiDbProcess.RunAsync("policy", "--docs")).Output;

        page.Should().Be(await File.ReadAllTextAsync(RepositoryFolder.At("docs", "policies.md")), "'./akidb policy --docs > docs/policies.md' writes it anew");
    }

    public void Dispose() => _files.Dispose();
}
