#if PULUMI_OFFLINE
using FluentAssertions;
using Pulumi;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Core;

[Collection(ProcessEnvironment.Name)]
public sealed class DeploymentGuardTests
{
    [Theory]
    [InlineData("127.0.0.1:1234", "./akidb setup", "pulumi up")]
    [InlineData(null, "./akidb preview <env>", "evaluate")]
    public async Task RunAsync_WithTheOfflineSdk_SaysWhatToRunAndFails(string? monitor, params string[] phrases)
    {
        var hasRun = false;
        using var error = new StringWriter();
        var console = Console.Error;
        Console.SetError(error);
        try
        {
            using (ProcessEnvironment.With("PULUMI_MONITOR", monitor))
            {
                (await Deployment.RunAsync(() => { hasRun = true; })).Should().Be(32);
                (await Deployment.RunAsync<IdentityTests.TwoAlphas>()).Should().Be(32);
            }
        }
        finally
        {
            Console.SetError(console);
        }

        error.ToString().Trim().Split('\n').Should().HaveCount(2).And.OnlyContain(line => phrases.All(line.Contains));
        hasRun.Should().BeFalse();
    }
}
#endif
