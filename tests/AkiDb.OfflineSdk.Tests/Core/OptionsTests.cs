using FluentAssertions;
using Pulumi;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Core;

public sealed class OptionsTests
{
    private const string ProviderUrn = "urn:pulumi:dev::proj::pulumi:pulumi:Stack$pulumi:providers:demo::";

    [Fact]
    public async Task Provider_IsSentAsUrnAndId()
    {
        var mocks = new RecordingMocks();
        await Program.RunAsync(mocks, () =>
            _ = new Alpha("a", options: new CustomResourceOptions { Provider = new DemoProvider("q") }));

        mocks.Request("a").Provider.Should().Be($"{ProviderUrn}q::q-id");
    }

    [Fact]
    public async Task Provider_OfAComponent_IsInherited()
    {
        var mocks = new RecordingMocks();
        await Program.RunAsync(mocks, () =>
        {
            _ = new Pair("p", new ComponentResourceOptions { Providers = { new DemoProvider("q") } });
            _ = new Pair("r", new ComponentResourceOptions { Provider = new DemoProvider("s") });
            _ = new Alpha("default");
        });

        mocks.Request("p-first").Provider.Should().Be($"{ProviderUrn}q::q-id");
        mocks.Request("r-second").Provider.Should().Be($"{ProviderUrn}s::s-id");
        mocks.Request("default").Provider.Should().BeEmpty();
    }

    [Fact]
    public async Task Provider_WithoutId_IsSentWithTheUnknownMarker()
    {
        var mocks = new RecordingMocks { Answer = args => (null, args.Inputs) };
        await Program.RunAsync(mocks, () =>
            _ = new Alpha("a", options: new CustomResourceOptions { Provider = new DemoProvider("q") }));

        mocks.Request("a").Provider.Should().Be($"{ProviderUrn}q::04da6b54-80e4-46f7-96ec-b56ff0331ba9");
    }

    [Fact]
    public async Task ProviderAndProviders_Together_AreRefused()
    {
        var run = () => Program.RunAsync(new RecordingMocks(), () =>
        {
            var provider = new DemoProvider("q");
            _ = new Pair("p", new ComponentResourceOptions { Provider = provider, Providers = { provider } });
        });

        await run.Should().ThrowAsync<RunException>();
    }

    [Fact]
    public async Task Args_OfAComponent_AreItsInputs()
    {
        var mocks = new RecordingMocks();
        await Program.RunAsync(mocks, () => _ = new Pair("p", args: new AlphaArgs { V = "x", Tags = { ["a"] = "1" } }));

        mocks.Inputs("p").Keys.Should().BeEquivalentTo("v", "tags");
        mocks.Inputs("p")["v"].Should().Be("x");
    }

    [Fact]
    public async Task Component_RegistersItsOutputs()
    {
        var mocks = new RecordingMocks();
        await Program.RunAsync(mocks, () => _ = new Pair("p"));

        var outputs = mocks.Outputs.Single(request => request.Urn.EndsWith("::p", StringComparison.Ordinal)).Outputs;
        (await outputs["firstId"].ValueAsync()).Should().Be("p-first-id");
    }

    [Fact]
    public async Task Transformation_OfTheStack_SeesEveryResourceWithItsParent()
    {
        TransformingStack.Seen.Value = [];
        await Deployment.TestAsync<TransformingStack>(new RecordingMocks(), Program.Preview);

        TransformingStack.Seen.Value.Should().Equal(
            ("proj-dev", null), ("p", null), ("p-first", "p"), ("p-second", "p"));
    }

    [Fact]
    public async Task Transformation_OfAComponent_ChangesArgsOfWhatIsInIt()
    {
        var mocks = new RecordingMocks();
        await Program.RunAsync(mocks, () => _ = new Pair("p", new ComponentResourceOptions
        {
            ResourceTransformations =
            {
                args => args.Resource is Alpha
                    ? new ResourceTransformationResult(new AlphaArgs { V = "changed" }, args.Options)
                    : null,
            },
        }));

        mocks.Inputs("p-first")["v"].Should().Be("changed");
        mocks.Inputs("p-second")["v"].Should().Be("changed");
        mocks.Inputs("p").Should().BeEmpty();
    }

    [Fact]
    public async Task Transformation_ThatChangesTheParent_IsRefused()
    {
        var run = () => Program.RunAsync(new RecordingMocks(), () =>
        {
            var pair = new Pair("p");
            _ = new Alpha("a", options: new CustomResourceOptions
            {
                ResourceTransformations =
                {
                    args => new ResourceTransformationResult(args.Args, new CustomResourceOptions { Parent = pair }),
                },
            });
        });

        (await run.Should().ThrowAsync<RunException>()).Which.Message.Should().Contain("cannot currently be used to change the 'parent'");
    }

    [Fact]
    public void Merge_OfOptions_TakesTheSecondAndJoinsLists()
    {
        var merged = CustomResourceOptions.Merge(
            new CustomResourceOptions { Protect = true, ImportId = "1", IgnoreChanges = { "a" }, AdditionalSecretOutputs = { "x" } },
            new CustomResourceOptions { Protect = false, IgnoreChanges = { "b" }, AdditionalSecretOutputs = { "y" } });

        (merged.Protect, merged.ImportId).Should().Be((false, "1"));
        merged.IgnoreChanges.Should().Equal("a", "b");
        merged.AdditionalSecretOutputs.Should().Equal("x", "y");
    }

    [Fact]
    public async Task Merge_OfProviders_KeepsTheLastOfEachPackage()
    {
        var names = new List<string>();
        await Program.RunAsync(new RecordingMocks(), () =>
        {
            var merged = ComponentResourceOptions.Merge(
                new ComponentResourceOptions { Providers = { new DemoProvider("old"), new ProviderResource("other", "o", ResourceArgs.Empty, null) } },
                new ComponentResourceOptions { Providers = { new DemoProvider("new") } });
            names.AddRange(merged.Providers.Select(provider => provider.GetResourceName()));
        });

        names.Should().Equal("o", "new");
    }

    [Fact]
    public async Task Alias_WithUrnAndName_IsRefused()
    {
        var run = () => Program.RunAsync(new RecordingMocks(), () => _ = new Alpha("a", options: new CustomResourceOptions
        {
            Aliases = { new Alias { Urn = "urn:pulumi:dev::proj::demo:index:Alpha::b", Name = "b" } },
        }));

        (await run.Should().ThrowAsync<RunException>()).Which.Message.Should().Contain("should not specify both Urn and Name");
    }

    [Fact]
    public async Task Alias_WithTwoParents_IsRefused()
    {
        var run = () => Program.RunAsync(new RecordingMocks(), () => _ = new Alpha("a", options: new CustomResourceOptions
        {
            Aliases = { new Alias { NoParent = true, ParentUrn = "urn:pulumi:dev::proj::a:b:C::n" } },
        }));

        (await run.Should().ThrowAsync<RunException>()).Which.Message.Should().Contain("Only specify one of 'Parent', 'ParentUrn' or 'NoParent'");
    }

    public sealed class TransformingStack : Stack
    {
        public static readonly AsyncLocal<List<(string Name, string? Parent)>> Seen = new();

        public TransformingStack() : base(new StackOptions { ResourceTransformations = { Note } }) => _ = new Pair("p");

        private static ResourceTransformationResult? Note(ResourceTransformationArgs args)
        {
            Seen.Value!.Add((args.Resource.GetResourceName(), args.Options.Parent?.GetResourceName()));
            return null;
        }
    }
}
