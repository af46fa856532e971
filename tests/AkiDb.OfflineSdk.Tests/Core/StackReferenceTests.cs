using System.Collections.Immutable;
using FluentAssertions;
using Pulumi;
using Pulumi.Testing;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Core;

public sealed class StackReferenceTests
{
    private static RecordingMocks Stack(params string[] secretNames) => new()
    {
        Answer = args => (args.Id, new Dictionary<string, object>
        {
            ["name"] = args.Inputs["name"],
            ["outputs"] = new Dictionary<string, object> { ["url"] = "https://a.example", ["key"] = "k" },
            ["secretOutputNames"] = secretNames.ToImmutableArray<object>(),
        }),
    };

    [Fact]
    public async Task Reference_IsReadByItsFullName()
    {
        var mocks = Stack();
        await Program.RunAsync(mocks, () => _ = new StackReference("o/p/s"));

        var request = mocks.Request("o/p/s");
        (request.Type, request.Id, request.Inputs["name"]).Should().Be(("pulumi:pulumi:StackReference", "o/p/s", "o/p/s"));
    }

    [Fact]
    public async Task Output_OfTheStack_IsItsValue()
    {
        Output<object> url = null!;
        Output<object?> none = null!;
        await Program.RunAsync(Stack("key"), () =>
        {
            var reference = new StackReference("o/p/s");
            url = reference.RequireOutput("url");
            none = reference.GetOutput("none");
        });

        (await url.ValueAsync()).Should().Be("https://a.example");
        (await none.ValueAsync()).Should().BeNull();
        (await Output.IsSecretAsync(url)).Should().BeFalse();
    }

    [Fact]
    public async Task Output_ThatIsSecretThere_IsSecretHere()
    {
        Output<object> key = null!;
        StackReference reference = null!;
        await Program.RunAsync(Stack("key"), () =>
        {
            reference = new StackReference("mine", new StackReferenceArgs { Name = "o/p/s" });
            key = reference.RequireOutput("key");
        });

        (await Output.IsSecretAsync(key)).Should().BeTrue();
        (await reference.RequireValueAsync("url")).Should().Be("https://a.example");
        await reference.Invoking(present => present.RequireValueAsync("key")).Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task RequireOutput_ThatIsMissing_Fails()
    {
        var run = () => Program.RunAsync(Stack(), () => new StackReference("o/p/s").RequireOutput("v"));

        (await run.Should().ThrowAsync<RunException>()).Which.Message
            .Should().Contain("Required output 'v' does not exist on stack 'o/p/s'.");
    }

    [Fact]
    public async Task Outputs_ThatAreMissing_AreUnknownInAPreviewAndFailInAnUpdate()
    {
        Output<object> v = null!;
        Func<TestOptions, Task> run = options => Program.RunAsync(
            new RecordingMocks(), () => v = new StackReference("o/p/s").RequireOutput("v"), options);

        await run(Program.Preview);
        (await v.IsKnownAsync()).Should().BeFalse();
        (await Program.FailureAsync(() => run(Program.Update))).Should().Contain("NullReferenceException");
    }
}
