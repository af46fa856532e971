using AkiDb.Infra.Bootstrap;
using AkiDb.Infra.Stacks.Settings;
using Pulumi;

const int alreadyExplained = 32; // Pulumi: "the program told the user what is wrong".
try
{
    _ = BootstrapSettings.FromEngine();
}
catch (SettingsException problem) when (Environment.GetEnvironmentVariable("PULUMI_MONITOR") is not null)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return alreadyExplained;
}

return await Deployment.RunAsync<BootstrapStack>();
