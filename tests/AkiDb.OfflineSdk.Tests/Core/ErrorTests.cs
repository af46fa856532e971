using FluentAssertions;
using Pulumi;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Core;

public sealed class ErrorTests
{
    [Fact]
    public async Task Exception_InTheProgram_BecomesARunException()
        => (await Failure(() => throw new InvalidOperationException("boom"))).Message
            .Should().StartWith("Running program '").And.Contain("failed with an unhandled exception:").And.Contain("boom");

    [Fact]
    public async Task Exception_InAnApply_BecomesARunException()
        => (await Failure(() => Output.Create(0).Apply(zero => 1 / zero))).Message
            .Should().Contain("DivideByZeroException");

    [Fact]
    public async Task Exception_InAnInput_NamesThePropertyAndIsOneError()
        => (await Failure(() => _ = new Alpha("a", new AlphaArgs { V = Output.Create(0).Apply(zero => $"{1 / zero}") }))).Message
            .Should().Contain("error serializing property \"v\"").And.Contain("DivideByZeroException");

    [Fact]
    public async Task Exception_InTheMocks_BecomesARunException()
    {
        var mocks = new RecordingMocks { Answer = _ => throw new InvalidOperationException("boom") };
        var run = () => Program.RunAsync(mocks, () => _ = new Alpha("a"));

        (await run.Should().ThrowAsync<RunException>()).Which.Message.Should().Contain("boom");
    }

    [Fact]
    public async Task RunException_IsShownByItsMessageAlone()
        => (await Failure(() => throw new RunException("just this"))).Message.Should().Be("just this");

    [Fact]
    public async Task ResourceException_CanHideItsStack()
        => (await Failure(() => throw new ResourceException("just this", null, hideStack: true))).Message.Should().Be("just this");

    [Fact]
    public async Task LogError_FailsTheRunAfterItsEnd()
    {
        var reachedEnd = false;
        var error = await Failure(() =>
        {
            Log.Error("bad");
            reachedEnd = true;
        });

        error.Message.Should().Be("bad");
        reachedEnd.Should().BeTrue();
    }

    [Fact]
    public async Task SeveralErrors_BecomeAnAggregateException()
    {
        var run = () => Program.RunAsync(new RecordingMocks(), () =>
        {
            Log.Error("one");
            Log.Error("two");
        });

        (await run.Should().ThrowAsync<AggregateException>()).Which.InnerExceptions.Select(inner => inner.Message)
            .Should().BeEquivalentTo("one", "two");
    }

    [Fact]
    public async Task LogWarning_IsDiscarded()
        => (await Program.RunAsync(new RecordingMocks(), () => Log.Warn("hm"))).Should().BeEmpty();

    [Fact]
    public async Task StackOutput_ThatIsNotAssigned_Fails()
    {
        var run = () => Deployment.TestAsync<ForgetfulStack>(new RecordingMocks(), Program.Preview);

        (await run.Should().ThrowAsync<RunException>()).Which.Message.Should().Contain("'url' have no value assigned");
    }

    [Fact]
    public async Task ResourceOutput_ThatIsNotAnOutput_Fails()
        => (await Failure(() => _ = new WrongResource("w"))).Message.Should().Contain("have incorrect type");

    [Fact]
    public async Task ToString_OfAnOutput_ExplainsInsteadOfTheValue()
    {
        var text = "";
        await Program.RunAsync(new RecordingMocks(), () => text = $"{Output.Create("value")}");

        text.Should().Contain("Calling [ToString] on an [Output<T>] is not supported").And.NotBe("value");
    }

    [Fact]
    public async Task TestAsync_InsideARun_IsRefused()
    {
        var run = () => Deployment.TestAsync(new RecordingMocks(), Program.Preview, async () =>
        {
            await Program.RunAsync(new RecordingMocks(), () => { });
        });

        await run.Should().ThrowAsync<RunException>();
    }

    private static async Task<RunException> Failure(Action program)
        => (await FluentActions.Awaiting(() => Program.RunAsync(new RecordingMocks(), program)).Should().ThrowAsync<RunException>()).Which;

    public sealed class ForgetfulStack : Stack
    {
        [Output("url")]
        public Output<string>? Url { get; set; }
    }

    public sealed class WrongResource(string name) : CustomResource("demo:index:Wrong", name, null, null)
    {
        [Output("v")]
        public string? V { get; set; }
    }
}
