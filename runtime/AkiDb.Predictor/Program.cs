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

// Draining takes longer than the two seconds that are the default; the server itself limits how long.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
