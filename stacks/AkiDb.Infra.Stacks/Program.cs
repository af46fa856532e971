using AkiDb.Infra.Stacks;
using AkiDb.Infra.Stacks.Settings;
using Pulumi;

// The program that `pulumi up` runs. Settings are checked before the engine is asked for anything, so that a bad file costs
// one message and no half-made preview.
const int alreadyExplained = 32; // Pulumi: "the program told the user what is wrong".
try
{
    _ = EnvironmentSettings.FromEngine();
}
catch (SettingsException problem) when (Environment.GetEnvironmentVariable("PULUMI_MONITOR") is not null)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return alreadyExplained;
}

return await Deployment.RunAsync<AkiDbStack>();
