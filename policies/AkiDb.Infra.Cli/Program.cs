using System.CommandLine;
using AkiDb.Infra.Cli;
using AkiDb.Infra.Cli.Commands;
using AkiDb.Infra.Costs.Aws;
using AkiDb.Infra.Costs.Usage;
using AkiDb.Infra.Plan.Offline;
using AkiDb.Infra.Stacks.Settings;

var root = new RootCommand("What an AkiDB environment would be, before it is.")
{
    PreviewCommand.Create(),
    DiffCommand.Create(),
    CostCommand.Create(),
    PricesCommand.Create(),
    PolicyCommand.Create(),
    AlertsCommand.Create(),
    PullRequestCommand.Create(),
    DoctorCommand.Create(),
};

try
{
    var parsed = root.Parse(args);
    if (parsed.Errors.Count > 0)
    {
        foreach (var error in parsed.Errors)
            await Console.Error.WriteLineAsync(error.Message);
        var names = parsed.CommandResult.Command.Parents.OfType<Command>().Take(1).Where(parent => parent != root).Select(parent => $"{parent.Name} ");
        var command = parsed.CommandResult.Command == root ? "" : $"{string.Concat(names)}{parsed.CommandResult.Command.Name} ";
        await Console.Error.WriteLineAsync($"Run './akidb {command}--help' for what it takes.");
        return ExitCode.BadInput;
    }

    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception problem) when (problem is BadInputException or SettingsException or UsageException)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return ExitCode.BadInput;
}
catch (AwsApiException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return ExitCode.BadInput;
}
catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
{
    // Whatever file it is, the message names it.
    await Console.Error.WriteLineAsync(problem.Message);
    return ExitCode.BadInput;
}
catch (HttpRequestException problem)
{
    await Console.Error.WriteLineAsync($"AWS cannot be reached: {problem.Message}");
    return ExitCode.BadInput;
}
catch (OperationCanceledException)
{
    // Ctrl-C while something long ran, e.g. a revision was being built: 128 and the signal's number, as shells count.
    return 130;
}
catch (EvaluationException problem)
{
    await Console.Error.WriteLineAsync($"The program failed:\n{problem.Message}");
    return ExitCode.Findings;
}
