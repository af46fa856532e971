using System.Collections.Immutable;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Core;

/// <summary>Evaluates a few lines as if they were a program of project <c>proj</c>, stack <c>dev</c>.</summary>
internal static class Program
{
    public static TestOptions Preview => new() { ProjectName = "proj", StackName = "dev" };

    public static TestOptions Update => new() { ProjectName = "proj", StackName = "dev", IsPreview = false };

    public static Task<ImmutableArray<Resource>> RunAsync(RecordingMocks mocks, Action program, TestOptions? options = null)
        => Deployment.TestAsync(mocks, options ?? Preview, program);

    /// <summary>The inputs that the mocks see of the resource that the args describe.</summary>
    public static async Task<ImmutableDictionary<string, object>> InputsOfAsync(Func<AlphaArgs> args)
    {
        var mocks = new RecordingMocks();
        await RunAsync(mocks, () => _ = new Alpha("a", args()));
        return mocks.Inputs("a");
    }

    /// <summary>The text of whatever the run fails with, several errors included.</summary>
    public static async Task<string> FailureAsync(Func<Task> run)
        => (await Record.ExceptionAsync(run) ?? throw new InvalidOperationException("The run did not fail.")).ToString();

    public static Task<T> ValueAsync<T>(this Output<T> output) => OutputUtilities.GetValueAsync(output);

    public static Task<bool> IsKnownAsync<T>(this Output<T> output) => OutputUtilities.GetIsKnownAsync(output);

    public static Output<T> Unknown<T>(T value) => OutputUtilities.CreateUnknown(value);
}
