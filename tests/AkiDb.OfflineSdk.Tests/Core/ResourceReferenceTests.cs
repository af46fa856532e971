using FluentAssertions;
using Pulumi;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Core;

public sealed class ResourceReferenceTests
{
    [Fact]
    public async Task Reference_ToAKnownType_BecomesAnInstanceWithItsOutputs()
    {
        var mocks = new RecordingMocks();
        await Program.RunAsync(mocks, () =>
            _ = new Alpha("a", new AlphaArgs { Other = new Known("k", new AlphaArgs { V = "x" }, null) }));

        var known = mocks.Inputs("a")["other"].Should().BeOfType<Known>().Subject;
        (await known.V.ValueAsync()).Should().Be("x");
        (await known.Id.ValueAsync()).Should().Be("k-id");
    }

    [Fact]
    public async Task Reference_ToAnotherType_IsAResourceWithTheUrn()
    {
        var mocks = new RecordingMocks();
        Alpha other = null!;
        await Program.RunAsync(mocks, () => _ = new Alpha("a", new AlphaArgs { Other = other = new Alpha("o") }));

        var reference = mocks.Inputs("a")["other"].Should().BeAssignableTo<CustomResource>().Subject;
        reference.Should().NotBeOfType<Alpha>();
        (await reference.Urn.ValueAsync()).Should().Be(await other.Urn.ValueAsync());
    }

    [Fact]
    public async Task Reference_ToAComponent_IsAResourceWithTheUrn()
    {
        var mocks = new RecordingMocks();
        Pair pair = null!;
        await Program.RunAsync(mocks, () => _ = new Alpha("a", new AlphaArgs { Other = pair = new Pair("p") }));

        var reference = mocks.Inputs("a")["other"].Should().BeAssignableTo<Resource>().Subject;
        (await reference.Urn.ValueAsync()).Should().Be(await pair.Urn.ValueAsync());
    }

    [Fact]
    public async Task Reference_ToATypeWhoseConstructorNeedsArgs_Fails()
    {
        var run = () => Program.RunAsync(new RecordingMocks(), () =>
            _ = new Alpha("a", new AlphaArgs { Other = new Demanding("d", new AlphaArgs(), null) }));

        (await Program.FailureAsync(run)).Should().Contain("TargetInvocationException");
    }

    [Fact]
    public async Task Reference_DoesNotRegisterAnything()
    {
        var resources = await Program.RunAsync(new RecordingMocks(), () =>
            _ = new Alpha("a", new AlphaArgs { Other = new Known("k", null, null) }));

        resources.Should().HaveCount(2);
    }
}
