using AkiDb.Infra.Bootstrap;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Json;
using AkiDb.Infra.Plan.Offline;
using AkiDb.Infra.Stacks;
using AkiDb.Infra.Stacks.Settings;

namespace AkiDb.Infra.Cli.Environments;

/// <summary>Gets the plan that a command is about.</summary>
internal sealed class PlanProvider(Repository repository)
{
    /// <summary>Evaluates an environment offline.</summary>
    /// <exception cref="BadInputException">There is no such environment, or its file cannot be read.</exception>
    /// <exception cref="SettingsException">Its settings are wrong.</exception>
    /// <exception cref="EvaluationException">The program failed.</exception>
    /// <param name="environment">Its name.</param>
    /// <param name="assumeImages">Show workloads whose image has no digest yet; a deployment leaves them out.</param>
    public Task<StackPlan> EvaluateAsync(string environment, bool assumeImages = true) => environment == Repository.Bootstrap
        ? EvaluateBootstrapAsync()
        : EvaluateAsync(Settings(environment), assumeImages);

    /// <summary>The settings of an environment.</summary>
    /// <exception cref="BadInputException">There is no such environment, or its file cannot be read.</exception>
    /// <exception cref="SettingsException">Its settings are wrong.</exception>
    public EnvironmentSettings Settings(string environment) =>
        EnvironmentSettings.Load(environment, StackConfiguration.Read(repository.SettingsFile(environment)));

    /// <summary>Evaluates settings that may be no file's, as a what-if has them.</summary>
    /// <param name="written">The settings.</param>
    /// <param name="assumeImages">Show workloads whose image has no digest yet.</param>
    /// <exception cref="EvaluationException">The program failed.</exception>
    public static Task<StackPlan> EvaluateAsync(EnvironmentSettings written, bool assumeImages = true)
    {
        var settings = written with { AssumeImages = assumeImages };
        return OfflineEvaluation.EvaluateAsync(
            Context(EnvironmentSettings.Project, settings.Name, settings.AccountId),
            options => new AkiDbStack(settings, options),
            stack => stack.Notices);
    }

    private Task<StackPlan> EvaluateBootstrapAsync()
    {
        var settings = BootstrapSettings.Load("account", StackConfiguration.Read(repository.BootstrapFile));
        return OfflineEvaluation.EvaluateAsync(
            Context(BootstrapSettings.Project, "account", settings.AccountId),
            options => new BootstrapStack(settings, options));
    }

    private static EvaluationContext Context(string project, string stack, string accountId) =>
        new() { Project = project, Stack = stack, AccountId = accountId };

    /// <summary>Reads a plan file.</summary>
    /// <exception cref="BadInputException">It is not there or no plan.</exception>
    public static async Task<StackPlan> ReadAsync(FileInfo file)
    {
        if (!file.Exists)
            throw new BadInputException($"There is no plan file '{file.FullName}'.");
        try
        {
            return PlanJson.Read(await File.ReadAllBytesAsync(file.FullName), file.Name);
        }
        catch (FormatException problem)
        {
            throw new BadInputException(problem.Message);
        }
    }
}
