using System.CommandLine;
using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Cli.Commands;

/// <summary>The two ways in which a command is told which plan it is about.</summary>
internal sealed class PlanArguments
{
    /// <summary>Name of an environment.</summary>
    public Argument<string?> Environment { get; } = new("environment")
    {
        Description = "dev, staging, prod, or any other that has a Pulumi.ENVIRONMENT.yaml",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>A plan file in its place.</summary>
    public Option<FileInfo?> PlanFile { get; } = new("--plan")
    {
        Description = "Use this plan instead: a file of 'akidb preview --json' or 'pulumi preview --json --show-sames'",
        HelpName = "FILE",
    };

    /// <summary>Gets the plan.</summary>
    /// <exception cref="BadInputException">Neither is given, or both, or the one given cannot be read.</exception>
    public Task<StackPlan> LoadAsync(ParseResult arguments) => (arguments.GetValue(PlanFile), arguments.GetValue(Environment)) switch
    {
        ({ } file, null) => PlanProvider.ReadAsync(file),
        (null, { } environment) => new PlanProvider(Repository.Find()).EvaluateAsync(environment),
        ({ }, { }) => throw new BadInputException("Give an environment or --plan FILE, not both."),
        _ => throw new BadInputException($"Which environment? There are {string.Join(", ", Repository.Find().Environments)}."),
    };
}
