using System.Diagnostics;
using AkiDb.Infra.Components.Workloads;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.Router;

/// <summary>The infrastructure writes the router's file, the router reads it: the one place where both are asked.</summary>
public sealed class DeployedConfigurationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(70)]
    public async Task Configuration_ThatTheComponentDeclares_IsGoodToTheRouter(int spotPercent)
    {
        var plan = await ProgramPlan.OfAsync(() => _ = new Infra.Components.Workloads.Router("router", new RouterArgs
        {
            Replicas = 3,
            Settings = TestCluster.Settings("eu-central-1", spotPercent),
        }));
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, plan.Only("kubernetes:core/v1:ConfigMap").Text("data[\"router.yaml\"]"));
            using var check = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "AkiDb.Router.dll"), "check", "--config", file])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var output = await check.StandardOutput.ReadToEndAsync() + await check.StandardError.ReadToEndAsync();
            await check.WaitForExitAsync();

            check.ExitCode.Should().Be(0, output);
            output.Should().Contain("on-demand");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
