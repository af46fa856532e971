using AkiDb.Infra.Plan.Json;

namespace AkiDb.Infra.Tests.Cli;

public sealed class PreviewTests
{
    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("prod")]
    [InlineData("bootstrap")]
    public async Task Preview_ShippedEnvironment_IsCleanAndAsAccepted(string environment)
    {
        var result = await AkiDbProcess.RunAsync("preview", environment, "--tree");

        result.ExitCode.Should().Be(0);
        // All but the last line, which says how long it took.
        var lines = result.Output.TrimEnd('\n').Split('\n');
        Golden.Check(string.Join('\n', lines[..^1].Select(line => line.TrimEnd())) + "\n", "Cli", "Goldens", $"preview-{environment}.txt");
    }

    [Fact]
    public async Task Preview_JsonTwice_GivesTheSameBytes()
    {
        var first = await AkiDbProcess.RunAsync("preview", "prod", "--json");
        var second = await AkiDbProcess.RunAsync("preview", "prod", "--json");

        first.ExitCode.Should().Be(0);
        first.Output.Should().NotBeEmpty().And.Be(second.Output);
    }

    [Fact]
    public async Task Preview_OfAPlanFile_ShowsThatPlan()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, (await AkiDbProcess.RunAsync("preview", "dev", "--json")).Output);

            var result = await AkiDbProcess.RunAsync("preview", "--plan", file);

            result.ExitCode.Should().Be(0);
            result.Output.Should().Contain("akidb dev").And.Contain("0 schema violations");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Preview_PlanWithATypo_IsAFinding()
    {
        var file = Path.GetTempFileName();
        try
        {
            var plan = (await AkiDbProcess.RunAsync("preview", "dev", "--json")).Output;
            await File.WriteAllTextAsync(file, plan.Replace("\"enableDnsSupport\"", "\"enableDnsSuport\"", StringComparison.Ordinal));

            var result = await AkiDbProcess.RunAsync("preview", "--plan", file);

            result.ExitCode.Should().Be(1);
            result.Output.Should().Contain("'us-east-1-network-vpc' enableDnsSuport").And.Contain("1 schema violation in");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Preview_OneResource_ShowsItsInputs()
    {
        var result = await AkiDbProcess.RunAsync("preview", "prod", "--resource", "us-east-1-network-vpc");

        result.ExitCode.Should().Be(0);
        result.Output.Should().Contain("\"cidrBlock\": \"10.16.0.0/16\"").And.Contain("region    us-east-1");
    }

    [Theory]
    [InlineData("There is no environment 'nope'", "preview", "nope")]
    [InlineData("Which environment? There are dev, prod, staging", "preview")]
    [InlineData("There is no plan file", "preview", "--plan", "/nowhere/plan.json")]
    [InlineData("--html /nowhere/page.html: Could not find", "preview", "dev", "--html", "/nowhere/page.html")]
    [InlineData("not both", "preview", "dev", "--plan", "/nowhere/plan.json")]
    [InlineData("did you mean 'us-east-1-network-vpc'?", "preview", "prod", "--resource", "us-east-1-network-vcp")]
    [InlineData("did you mean 'akidb-rest'?", "preview", "dev", "--resource", "akidb-rset")]
    [InlineData("akidb preview --help", "preview", "dev", "--no-such-option")]
    public async Task Preview_BadInput_SaysWhatWouldBeRight(string expected, params string[] arguments)
    {
        var result = await AkiDbProcess.RunAsync(arguments);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain(expected).And.NotContain("   at ");
    }

    [Fact]
    public async Task Preview_Output_HasNoEscapeCodesWhenItIsNoTerminal() =>
        (await AkiDbProcess.RunAsync("preview", "dev")).Output.Should().NotContain("\e");

    [Fact]
    public async Task Preview_Json_IsAPlanThatReadsBack()
    {
        var json = (await AkiDbProcess.RunAsync("preview", "prod", "--json")).Output;

        var plan = PlanJson.Read(System.Text.Encoding.UTF8.GetBytes(json), "prod");

        plan.OfType("aws:eks/cluster:Cluster").Select(cluster => cluster.Region).Should().BeEquivalentTo("us-east-1", "eu-central-1", "ap-northeast-1");
    }

    [Fact]
    public async Task Doctor_Always_NamesTheSdkMode() =>
        (await AkiDbProcess.RunAsync("doctor")).Output.Should().MatchRegex("SDK mode +(offline|published)").And.Contain("dev, prod, staging");
}
