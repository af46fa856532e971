using System.Collections.Immutable;
using FluentAssertions;
using Pulumi;
using Pulumi.Utilities;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Core;

public sealed class SecretAndUnknownTests
{
    [Fact]
    public async Task Secret_InInputs_IsPlainAtAnyDepth()
    {
        var inputs = await Program.InputsOfAsync(() => new AlphaArgs
        {
            V = Output.CreateSecret("s"),
            Tags = { ["deep"] = Output.CreateSecret("t") },
        });

        inputs["v"].Should().Be("s");
        ((ImmutableDictionary<string, object>)inputs["tags"])["deep"].Should().Be("t");
    }

    [Fact]
    public async Task Secret_EchoedInState_IsLost()
    {
        Alpha alpha = null!;
        await Program.RunAsync(new RecordingMocks(), () => alpha = new Alpha(
            "a", new AlphaArgs { V = Output.CreateSecret("s") }, new CustomResourceOptions { AdditionalSecretOutputs = { "v" } }));

        (await alpha.V.ValueAsync()).Should().Be("s");
        (await Output.IsSecretAsync(alpha.V)).Should().BeFalse();
    }

    [Fact]
    public async Task Secret_OfTheProgram_SpreadsToWhatIsMadeOfIt()
    {
        var secret = Output.CreateSecret("s");

        (await Output.IsSecretAsync(secret.Apply(value => value + "!"))).Should().BeTrue();
        (await Output.IsSecretAsync(Output.Tuple(Output.Create(1), secret))).Should().BeTrue();
        (await Output.IsSecretAsync(Output.Format($"{secret}-x"))).Should().BeTrue();
        (await Output.IsSecretAsync(Output.Unsecret(secret))).Should().BeFalse();
    }

    [Fact]
    public async Task Secret_InRegisteredOutputs_IsAFlagOfTheOutput()
    {
        var mocks = new RecordingMocks();
        await Deployment.TestAsync<SecretStack>(mocks, Program.Preview);

        var output = mocks.Outputs.Single(request => request.Outputs.ContainsKey("password")).Outputs["password"];
        (await output.ValueAsync()).Should().Be("s");
        (await Output.IsSecretAsync(output)).Should().BeTrue();
    }

    [Fact]
    public async Task Unknown_InsideAProperty_DropsTheWholeProperty()
    {
        var inputs = await Program.InputsOfAsync(() => new AlphaArgs
        {
            V = "kept",
            Tags = { ["a"] = "1", ["b"] = Program.Unknown("") },
            Names = { "x", Program.Unknown("") },
        });

        inputs.Keys.Should().Equal("v");
    }

    [Fact]
    public async Task Unknown_IsNotApplied()
    {
        var applied = false;
        var result = Program.Unknown("x").Apply(value =>
        {
            applied = true;
            return value;
        });

        (await result.IsKnownAsync()).Should().BeFalse();
        applied.Should().BeFalse();
    }

    [Fact]
    public async Task Unknown_InACombination_MakesItUnknown()
    {
        (await Output.Tuple(Output.Create(1), Program.Unknown(2)).IsKnownAsync()).Should().BeFalse();
        (await Output.All(Output.Create(1), Program.Unknown(2)).IsKnownAsync()).Should().BeFalse();
        (await Output.Create(1).Apply(_ => Program.Unknown(2)).IsKnownAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task Dependencies_OfResourceOutputs_SpreadToWhatIsMadeOfThem()
    {
        Alpha a = null!, b = null!;
        Output<string> both = null!;
        await Program.RunAsync(new RecordingMocks(), () =>
        {
            a = new Alpha("a", new AlphaArgs { V = "x" });
            b = new Alpha("b", new AlphaArgs { V = "y" });
            both = Output.Tuple(a.V, b.V).Apply(pair => pair.Item1 + pair.Item2);
        });

        (await OutputUtilities.GetDependenciesAsync(both)).Should().BeEquivalentTo(new Resource[] { a, b });
        (await both.ValueAsync()).Should().Be("xy");
    }

    public sealed class SecretStack : Stack
    {
        public SecretStack() => Password = Output.CreateSecret("s");

        [Output("password")]
        public Output<string> Password { get; private set; }
    }
}
