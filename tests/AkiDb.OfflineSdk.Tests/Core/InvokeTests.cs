using System.Collections.Immutable;
using FluentAssertions;
using Pulumi;
using Pulumi.Utilities;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Core;

public sealed class InvokeTests
{
    private const string Token = "demo:index:lookup";

    private static RecordingMocks Lookup() => new()
    {
        Return = args => new Dictionary<string, object> { ["id"] = $"{args.Args["name"]}-found", ["price"] = 2.5 },
    };

    [Fact]
    public async Task InvokeAsync_AsksTheMocks()
    {
        var mocks = Lookup();
        LookupResult result = null!;
        await Deployment.TestAsync(mocks, Program.Preview, async () =>
        {
            result = await Deployment.Instance.InvokeAsync<LookupResult>(Token, new LookupArgs { Name = "n", Count = 2 });
        });

        (result.Id, result.Price).Should().Be(("n-found", 2.5));
        var call = mocks.Calls.Should().ContainSingle().Subject;
        call.Token.Should().Be(Token);
        call.Args.Should().BeEquivalentTo(new Dictionary<string, object> { ["name"] = "n", ["count"] = 2.0 });
    }

    [Fact]
    public async Task Invoke_WithAnOutput_DependsOnItsResource()
    {
        Alpha alpha = null!;
        Output<string> id = null!;
        await Program.RunAsync(Lookup(), () =>
        {
            alpha = new Alpha("a", new AlphaArgs { V = "n" });
            id = Deployment.Instance.Invoke<LookupResult>(Token, new LookupArgs { Name = alpha.V }).Apply(result => result.Id);
        });

        (await id.ValueAsync()).Should().Be("n-found");
        (await OutputUtilities.GetDependenciesAsync(id)).Should().Equal(alpha);
    }

    [Fact]
    public async Task Invoke_WithAnUnknown_IsNotCalled()
    {
        var mocks = Lookup();
        Output<LookupResult> result = null!;
        await Program.RunAsync(mocks, () => result = Deployment.Instance.Invoke<LookupResult>(
            Token, new LookupArgs { Name = Program.Unknown("") }));

        (await result.IsKnownAsync()).Should().BeFalse();
        mocks.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task Invoke_DependingOnAResourceWithoutId_IsNotCalled()
    {
        var mocks = new RecordingMocks { Answer = args => (null, args.Inputs) };
        Output<LookupResult> result = null!;
        await Program.RunAsync(mocks, () => result = Deployment.Instance.Invoke<LookupResult>(
            Token, new LookupArgs { Name = "n" }, new InvokeOutputOptions { DependsOn = { new Pair("p") } }));

        (await result.IsKnownAsync()).Should().BeFalse();
        mocks.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task Invoke_InheritsTheProviderOfItsParent()
    {
        var mocks = Lookup();
        await Program.RunAsync(mocks, () =>
        {
            var pair = new Pair("p", new ComponentResourceOptions { Providers = { new DemoProvider("q") } });
            Deployment.Instance.Invoke<LookupResult>(Token, new LookupArgs { Name = "n" }, new InvokeOptions { Parent = pair });
        });

        mocks.Calls.Single().Provider.Should().Be(
            "urn:pulumi:dev::proj::pulumi:pulumi:Stack$pulumi:providers:demo::q::q-id");
    }

    [Fact]
    public async Task InvokeSingle_TakesTheOnlyValue()
    {
        var mocks = new RecordingMocks { Return = _ => new Dictionary<string, object> { ["result"] = "one" } };
        Output<string> one = null!;
        var plain = "";
        await Deployment.TestAsync(mocks, Program.Preview, async () =>
        {
            one = Deployment.Instance.InvokeSingle<string>(Token, new LookupArgs());
            plain = await Deployment.Instance.InvokeSingleAsync<string>(Token, new LookupArgs());
        });

        (await one.ValueAsync()).Should().Be("one");
        plain.Should().Be("one");
    }

    [Fact]
    public async Task Invoke_WithDictionaryArgs_SendsThem()
    {
        var mocks = new RecordingMocks();
        await Program.RunAsync(mocks, () => Deployment.Instance.Invoke<ImmutableDictionary<string, object>>(
            Token, new DictionaryInvokeArgs(ImmutableDictionary<string, object?>.Empty.Add("a", "x"))));

        mocks.Calls.Single().Args.Should().BeEquivalentTo(new Dictionary<string, object> { ["a"] = "x" });
    }
}
