using System.Text.Json;
using AkiDb.Infra.Policies;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.PolicyHost;

/// <summary>The Analyzer as a client sees it that nobody here wrote: Pulumi's generated stubs over @grpc/grpc-js.</summary>
public sealed class AnalyzerTests(EngineSession session) : IClassFixture<EngineSession>
{
    private JsonElement Answers => session.Answers;

    [Fact]
    public void Start_FirstLine_IsThePort() => int.Parse(session.FirstLine).Should().BeInRange(1, 65535);

    [Theory]
    [InlineData("handshake")]
    [InlineData("configureStack")]
    [InlineData("configure")]
    [InlineData("cancel")]
    public void Call_WithoutAnAnswerToSpeakOf_Succeeds(string call) => Answers.GetProperty(call).GetInt32().Should().Be(0);

    [Fact]
    public void Cancel_EndsTheProcessCleanly() => session.ExitCode.Should().Be(0);

    [Fact]
    public void GetAnalyzerInfo_ListsEveryRuleWithItsTexts()
    {
        var info = Answers.GetProperty("info");
        var about = RuleCatalogue.All[0].About;

        info.GetProperty("name").GetString().Should().Be("akidb");
        info.GetProperty("policies").GetInt32().Should().Be(RuleCatalogue.All.Length);
        info.GetProperty("first").GetProperty("name").GetString().Should().Be(about.Name);
        info.GetProperty("first").GetProperty("remediationSteps").GetString().Should().Be(about.Fix);
    }

    [Fact]
    public void GetPluginInfo_SaysTheVersionOfThePackFile()
    {
        var pack = File.ReadAllText(RepositoryFolder.At("policies", "AkiDb.Infra.PolicyHost", "PulumiPolicy.yaml"));

        pack.Should().Contain($"version: {Answers.GetProperty("plugin").GetString()}\n");
    }

    [Fact]
    public void Analyze_BrokenResource_NamesTheRule() => Texts("violated").Should().Equal("kms-rotation");

    [Fact]
    public void Analyze_SecretAndPlainSideBySide_FindsOnlyThePlainOne() =>
        Texts("secretEnvironment").Should().Equal("lambda-no-secret-environment", "no-plain-secrets");

    [Fact]
    public void Analyze_UnknownValue_IsNotApplicableAndNoDiagnostic()
    {
        var pending = Answers.GetProperty("pending");

        pending.GetProperty("diagnostics").GetArrayLength().Should().Be(0);
        pending.GetProperty("notApplicable").EnumerateArray().Single().GetProperty("policyName").GetString().Should().Be("kms-rotation");
    }

    [Fact]
    public void Remediate_MendsOneInputAndKeepsTheRestSecretsToo()
    {
        var remedy = Answers.GetProperty("remedy").EnumerateArray().Single();

        remedy.GetProperty("policy").GetString().Should().Be("kms-rotation");
        var properties = remedy.GetProperty("properties");
        properties.GetProperty("enableKeyRotation").GetBoolean().Should().BeTrue();
        properties.GetProperty("deletionWindowInDays").GetInt32().Should().Be(30);
        properties.GetProperty("description").GetProperty("4dabf18193072939515e22adb298388d").GetString().Should().Be("1b47061264138c4ac30d75fd1eb44270");
        properties.GetProperty("description").GetProperty("value").GetString().Should().Be("for the vault");
    }

    [Fact]
    public void AnalyzeStack_IdNotKnown_FollowsTheDependency()
    {
        Texts("stack").Should().Equal("vpc-default-security-group-closed", "vpc-flow-logs");
        Texts("stackLinked").Should().Equal("vpc-default-security-group-closed");
    }

    [Fact]
    public void Configure_DisabledRule_IsNotAsked() => Texts("stackDisabled").Should().Equal("vpc-default-security-group-closed");

    [Fact]
    public void Configure_RuleThatThereIsNoneOf_IsAnInvalidArgument()
    {
        Answers.GetProperty("configureUnknown").GetProperty("code").GetInt32().Should().Be(3);
        Answers.GetProperty("configureUnknown").GetProperty("details").GetString().Should().Contain("no-such-rule");
    }

    [Fact]
    public void AnalyzeStack_TwoThousandResources_FindsTheOneThatIsOpen()
    {
        var large = Answers.GetProperty("large");

        large.GetProperty("resources").GetInt32().Should().Be(2000);
        large.GetProperty("public").EnumerateArray().Single().GetString().Should().EndWith("::private7");
        large.GetProperty("versioned").GetInt32().Should().Be(0, "each bucket's versioning refers to it by a dependency only");
    }

    [Fact]
    public void Call_CancelledByTheCaller_LeavesTheHostServing()
    {
        Answers.GetProperty("cancelled").GetInt32().Should().Be(1);
        Answers.GetProperty("afterwards").GetInt32().Should().Be(0);
    }

    [Fact]
    public void Call_PastItsDeadline_EndsAsSuch() => Answers.GetProperty("deadline").GetInt32().Should().Be(4);

    [Theory]
    [InlineData("good", 0, "")]
    [InlineData("truncated", 13, "the request ends before")]
    [InlineData("empty", 13, "the request ends before its first message")]
    [InlineData("halfHeader", 13, "the request ends before its first message")]
    [InlineData("oversized", 8, "2147483647 bytes")]
    [InlineData("compressed", 12, "compressed")]
    [InlineData("twice", 13, "one message")]
    [InlineData("garbage", 3, "no AnalyzeRequest")]
    [InlineData("badUrn", 13, "is not a URN")]
    [InlineData("badTimeout", 3, "grpc-timeout is 'soon'")]
    [InlineData("unknownMethod", 12, "there is no method")]
    public void Frame_FromNoProperClient_GetsAStatusThatSaysWhy(string name, int status, string message)
    {
        var answer = Answers.GetProperty("raw").GetProperty(name);

        answer.GetProperty("http").GetInt32().Should().Be(200);
        answer.GetProperty("grpc").GetInt32().Should().Be(status);
        (answer.GetProperty("message").GetString() ?? "").Contains(message, StringComparison.Ordinal).Should().BeTrue(answer.ToString());
    }

    [Fact]
    public void Request_ThatIsNoGrpc_IsRefusedByItsContentType() =>
        Answers.GetProperty("raw").GetProperty("notGrpc").GetProperty("http").GetInt32().Should().Be(415);

    private IEnumerable<string?> Texts(string name) => Answers.GetProperty(name).EnumerateArray().Select(text => text.GetString());
}
