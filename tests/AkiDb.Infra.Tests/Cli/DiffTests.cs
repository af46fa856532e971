using System.Text.Json;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Cli;

public sealed class DiffTests
{
    [Fact]
    public async Task Diff_ProdAndStaging_ShowsOnlyRealDifferences()
    {
        var result = await AkiDbProcess.RunAsync("diff", "prod", "staging");

        result.Error.Should().BeEmpty();
        result.ExitCode.Should().Be(0);
        Golden.Check(result.Output, "Cli", "Goldens", "diff-prod-staging.txt");
    }

    [Fact]
    public async Task Diff_AnEnvironmentAndItself_IsNoDifference()
    {
        var result = await AkiDbProcess.RunAsync("diff", "prod", "prod", "--exit-code");

        result.Should().Be(new AkiDbProcess.Result(0, "prod → prod: no difference\n", ""));
    }

    [Fact]
    public async Task Diff_ExitCodeAsked_IsOneWhereSomethingDiffers() =>
        (await AkiDbProcess.RunAsync("diff", "dev", "staging", "--exit-code")).ExitCode.Should().Be(1);

    [Fact]
    public async Task Diff_PlanFiles_ShowsThePropertyWithOldAndNewValue()
    {
        using var folder = new TemporaryFolder();
        var plan = (await AkiDbProcess.RunAsync("preview", "dev", "--json")).Output;
        var (old, @new) = (folder.Write("old.json", plan), folder.Write("new.json", plan.Replace("\"10.128.0.0/16\"", "\"10.144.0.0/16\"", StringComparison.Ordinal)));

        var result = await AkiDbProcess.RunAsync("diff", old, @new);

        result.Output.Should().StartWith("old.json → new.json: 1 resource changed\n").And.Contain("~ cidrBlock  10.128.0.0/16 → 10.144.0.0/16");
        result.Output.Should().NotContain(folder.Root);
    }

    [Fact]
    public async Task Diff_Json_SaysTheSameAsTheText()
    {
        using var json = JsonDocument.Parse((await AkiDbProcess.RunAsync("diff", "prod", "staging", "--json")).Output);

        var diff = json.RootElement.GetProperty("diffs")[0];
        diff.GetProperty("resources").EnumerateArray()
            .Single(resource => resource.GetProperty("name").GetString() == "us-east-1-cluster-logs")
            .GetProperty("properties")[0].GetRawText().Should().Contain("365").And.Contain("90");
        diff.GetProperty("recognised")[0].GetProperty("after").GetString().Should().Be("staging");
    }

    [Theory]
    [InlineData("'nope' is no environment (there are dev, prod, staging), no plan file and no git revision", "diff", "prod", "nope")]
    [InlineData("There is no plan file", "diff", "prod", "nowhere.json")]
    [InlineData("--base REVISION goes with one environment", "diff", "prod", "staging", "--base", "HEAD")]
    [InlineData("There is no revision 'no-such-branch'", "diff", "prod", "--base", "no-such-branch")]
    [InlineData("There is no revision '--upload-pack=x'", "diff", "prod", "--base=--upload-pack=x")]
    public async Task Diff_BadInput_SaysWhatWouldBeRight(string expected, params string[] arguments)
    {
        var result = await AkiDbProcess.RunAsync(arguments);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain(expected).And.NotContain("   at ");
    }
}
