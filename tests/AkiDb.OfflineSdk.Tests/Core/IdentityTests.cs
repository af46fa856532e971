using FluentAssertions;
using Pulumi;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Core;

public sealed class IdentityTests
{
    [Fact]
    public async Task Stack_IsTheRootAndIsNotAskedOfTheMocks()
    {
        var mocks = new RecordingMocks();
        var resources = await Deployment.TestAsync<TwoAlphas>(mocks, Program.Preview);

        var stack = resources[0].Should().BeOfType<TwoAlphas>().Subject;
        stack.GetResourceType().Should().Be("pulumi:pulumi:Stack");
        stack.GetResourceName().Should().Be("proj-dev");
        (await stack.Urn.ValueAsync()).Should().Be("urn:pulumi:dev::proj::pulumi:pulumi:Stack::proj-dev");
        mocks.Resources.Select(request => request.Name).Should().BeEquivalentTo("a", "b");
    }

    [Fact]
    public async Task TestAsync_OfAStack_ReturnsResourcesInRegistrationOrder()
    {
        var resources = await Deployment.TestAsync<TwoAlphas>(new RecordingMocks(), Program.Preview);

        resources.Select(resource => resource.GetResourceName()).Should().Equal("proj-dev", "a", "b");
    }

    [Fact]
    public async Task TestAsync_OfALambda_LeavesTheStackOutAndReturnsItsOutputs()
    {
        var (resources, outputs) = await Deployment.TestAsync(new RecordingMocks(), Program.Preview, () =>
        {
            var alpha = new Alpha("a");
            return new Dictionary<string, object?> { ["id"] = alpha.Id };
        });

        resources.Should().ContainSingle().Which.GetResourceName().Should().Be("a");
        (await ((Output<string>)outputs["id"]!).ValueAsync()).Should().Be("a-id");
    }

    [Fact]
    public async Task Urn_OfANestedResource_NamesOnlyTheFirstTypeAbove()
    {
        Pair pair = null!;
        await Program.RunAsync(new RecordingMocks(), () => pair = new Pair("p"));

        (await pair.Urn.ValueAsync()).Should().Be("urn:pulumi:dev::proj::pulumi:pulumi:Stack$demo:comp:Pair::p");
        (await pair.First.Urn.ValueAsync()).Should().Be("urn:pulumi:dev::proj::pulumi:pulumi:Stack$demo:index:Alpha::p-first");
    }

    [Fact]
    public async Task Urn_Twice_IsNotDetected()
    {
        var resources = await Program.RunAsync(new RecordingMocks(), () =>
        {
            _ = new Alpha("a");
            _ = new Alpha("a");
        });

        resources.Should().HaveCount(2);
    }

    [Fact]
    public async Task Mocks_AreAskedForComponentsAndProviders()
    {
        var mocks = new RecordingMocks();
        await Program.RunAsync(mocks, () =>
        {
            _ = new Pair("p");
            _ = new DemoProvider("q");
        });

        mocks.Resources.Select(request => request.Type).Should().BeEquivalentTo(
            "demo:comp:Pair", "demo:index:Alpha", "demo:index:Alpha", "pulumi:providers:demo");
    }

    [Fact]
    public async Task Mocks_SeeAnIdOnlyForReadsAndImports()
    {
        var mocks = new RecordingMocks();
        await Program.RunAsync(mocks, () =>
        {
            _ = new Alpha("plain");
            _ = new Alpha("read", options: new CustomResourceOptions { Id = "r-1" });
            _ = new Alpha("import", options: new CustomResourceOptions { ImportId = "i-1" });
        });

        mocks.Resources.ToDictionary(request => request.Name!, request => request.Id).Should().BeEquivalentTo(
            new Dictionary<string, string> { ["plain"] = "", ["read"] = "r-1", ["import"] = "i-1" });
    }

    [Fact]
    public async Task Instance_TellsWhatTheOptionsSay()
    {
        (string, string, string, bool) seen = default;
        await Program.RunAsync(new RecordingMocks(), () =>
        {
            var instance = Deployment.Instance;
            seen = (instance.ProjectName, instance.StackName, instance.OrganizationName, instance.IsDryRun);
        });

        seen.Should().Be(("proj", "dev", "organization", true));
    }

    [Fact]
    public void Instance_OutsideOfARun_Throws()
    {
        var get = () => Deployment.Instance;

        get.Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public async Task Urn_Create_BuildsTheEnginesUrn()
    {
        Output<string> plain = null!, nested = null!;
        await Program.RunAsync(new RecordingMocks(), () =>
        {
            plain = Urn.Create("n", "a:b:C");
            nested = Urn.Create("n", "a:b:C", parentUrn: plain);
        });

        (await plain.ValueAsync()).Should().Be("urn:pulumi:dev::proj::a:b:C::n");
        (await nested.ValueAsync()).Should().Be("urn:pulumi:dev::proj::a:b:C$a:b:C::n");
    }

    public sealed class TwoAlphas : Stack
    {
        public TwoAlphas()
        {
            _ = new Alpha("a");
            _ = new Alpha("b");
        }
    }
}
