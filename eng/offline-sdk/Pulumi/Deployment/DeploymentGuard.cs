namespace Pulumi;

/// <summary>Stops a program that was built against this SDK but is run to deploy.</summary>
internal static class DeploymentGuard
{
    /// <summary>The exit code that tells the engine that the user has been told what is wrong.</summary>
    private const int ExplainedFailure = 32;

    public static async Task<int> RefuseAsync()
    {
        var isUnderEngine = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("PULUMI_MONITOR"));
        await Console.Error.WriteLineAsync(isUnderEngine
            ? "This program was built with the offline SDK, which cannot deploy: run `./akidb setup` to install the .NET packages " +
              "Pulumi, Pulumi.Aws, Pulumi.Kubernetes and Pulumi.AwsNative, then run `pulumi up` again."
            : "This program was built with the offline SDK and has no Pulumi engine to talk to: run `./akidb preview <env>` to " +
              "evaluate it.").ConfigureAwait(false);
        return ExplainedFailure;
    }
}
