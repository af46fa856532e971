using System.Collections.Immutable;
using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Costs.Output;
using AkiDb.Infra.Costs.Prices;
using AkiDb.Infra.Costs.Usage;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Stacks.Settings;

namespace AkiDb.Infra.Cli.Environments;

/// <summary>All that an estimate needs: a plan, a usage file, limits.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Usage">The usage file of its environment; null where there is none.</param>
/// <param name="Limits">Limits of its environment.</param>
internal sealed record CostInputs(StackPlan Plan, UsageFile? Usage, CostLimits Limits)
{
    /// <summary>Loads an environment, or a plan file, whose stack then says which usage file and which limits hold.</summary>
    /// <exception cref="BadInputException">Neither or both are given, or one cannot be used.</exception>
    public static async Task<CostInputs> LoadAsync(Repository repository, string? environment, FileInfo? planFile, WhatIf changes)
    {
        if (environment is null == planFile is null)
        {
            throw new BadInputException(planFile is null
                ? $"Which environment? There are {string.Join(", ", repository.Environments)}."
                : "Give an environment or --plan FILE, not both.");
        }

        if (planFile is not null && changes.ChangesSettings)
            throw new BadInputException("A what-if on settings makes the plan anew and so needs an environment, not --plan FILE.");
        var plan = planFile is null ? null : await PlanProvider.ReadAsync(planFile);
        var stack = plan?.Stack ?? environment!;
        if (plan is not null && !repository.Environments.Contains(stack))
            return new CostInputs(plan, ReadUsage(repository, stack), CostLimits.None);
        var settings = Load(stack, StackConfiguration.Read(repository.SettingsFile(stack)), changes);
        return new CostInputs(plan ?? await PlanProvider.EvaluateAsync(settings), ReadUsage(repository, stack), LimitsOf(settings.Budgets));
    }

    // The file by itself first: what is wrong in it is the file's fault, what is wrong only then is the what-if's.
    private static EnvironmentSettings Load(string stack, IReadOnlyDictionary<string, string> written, WhatIf changes)
    {
        var settings = EnvironmentSettings.Load(stack, written);
        if (!changes.ChangesSettings)
            return settings;
        try
        {
            return EnvironmentSettings.Load(stack, changes.Apply(written));
        }
        catch (SettingsException problem)
        {
            throw new BadInputException($"--what-if {changes.SettingsText} cannot be used:\n  {string.Join("\n  ", problem.Problems)}");
        }
    }

    /// <summary>What the reader must know of the total where the environment has no usage file; null where it has.</summary>
    public string? UsageNote => Usage is null ? $"there is no {UsagePath(Plan.Stack)}: what usage drives is not in the total" : null;

    /// <summary>What a plan that is there already would cost, or null where its stack has no settings or no usage file to go by.</summary>
    public static (CostEstimate Estimate, CostLimits Limits)? EstimateOf(Repository repository, StackPlan plan)
    {
        if (!repository.Environments.Contains(plan.Stack) || ReadUsage(repository, plan.Stack) is not { } usage)
            return null;
        var settings = EnvironmentSettings.Load(plan.Stack, StackConfiguration.Read(repository.SettingsFile(plan.Stack)));
        return (new CostEstimator(PriceBook.Default).Estimate(plan, usage.Profile(usage.DefaultScenario)), LimitsOf(settings.Budgets));
    }

    /// <summary>Why <see cref="EstimateOf"/> has nothing to say of an environment with settings; null where that is not for want of usage.</summary>
    public static string? WhyNoEstimate(Repository repository, string environment) =>
        repository.Environments.Contains(environment) && !File.Exists(Path.Combine(repository.Root, UsagePath(environment)))
            ? $"there is no {UsagePath(environment)} to estimate the cost by"
            : null;

    /// <summary>The usage of a scenario, or of the file's own choice.</summary>
    public UsageProfile Profile(string? scenario) => Usage is null
        ? scenario is null ? UsageProfile.Empty : throw new BadInputException($"{Plan.Stack} has no usage file, so no scenario '{scenario}'.")
        : Usage.Profile(scenario ?? Usage.DefaultScenario);

    /// <summary>What every scenario comes to.</summary>
    public ImmutableArray<ScenarioTotal> Totals(WhatIf changes) => Usage is null
        ? []
        : [.. Usage.Scenarios.Select(scenario =>
        {
            var estimate = new CostEstimator(PriceBook.Default).Estimate(Plan, changes.Apply(Usage.Profile(scenario)));
            return new ScenarioTotal(scenario, estimate.RequestsPerMonth, estimate.TotalUsd, estimate.HasEdge, estimate.OverfullPlan);
        })];

    /// <summary>Where an environment's usage file stands or would stand, below the checkout.</summary>
    public static string UsagePath(string environment) => $"stacks/AkiDb.Infra.Stacks/usage/{environment}.yaml";

    private static UsageFile? ReadUsage(Repository repository, string environment)
    {
        var path = Path.Combine(repository.Root, UsagePath(environment));
        if (!File.Exists(path))
            return null;
        using var text = File.OpenText(path);
        return UsageFile.Read(text, $"usage/{environment}.yaml");
    }

    private static CostLimits LimitsOf(BudgetSettings budgets) => budgets.Services.Keys.FirstOrDefault(service => !ServiceNames.Keys.Contains(service)) is { } unknown
        ? throw new BadInputException($"akidb:budgets.services.{unknown} is no service of the price book; there are {string.Join(", ", ServiceNames.Keys)}.")
        : new CostLimits
        {
            MonthlyUsd = budgets.MonthlyUsd,
            IncreasePercent = budgets.IncreasePercent,
            Services = budgets.Services.ToImmutableSortedDictionary(entry => entry.Key, entry => (decimal)entry.Value),
        };
}
