using System.CommandLine;
using AkiDb.Predictor.Commands;

var root = new RootCommand("Traffic forecasts: train, serve, evaluate, autoscale and replay")
{
    EvaluateCommand.Create(),
    ServeCommand.Create(),
    AutoscaleCommand.Create(),
    ReplayCommand.Create(),
    TrainCommand.Create(),
};

var command = root.Parse(args);
if (command.Errors.Count > 0)
{
    // Bad input is a line an error and exit code 2, as everywhere here; the parser itself would print the whole help and end with 1.
    foreach (var message in command.Errors.Select(error => error.Message).Distinct())
    {
        await Console.Error.WriteLineAsync($"predictor: {message}");
    }

    if (command.CommandResult.Command == root)
    {
        await Console.Error.WriteLineAsync($"predictor: wanted one of the commands {string.Join(", ", root.Subcommands.Select(one => one.Name))}.");
    }

    return 2;
}

// Draining takes longer than the two seconds that are the default; the server itself limits how long.
return await command.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
