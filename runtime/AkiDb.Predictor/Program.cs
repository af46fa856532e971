using System.CommandLine;
using AkiDb.CommandLine;
using AkiDb.Predictor.Commands;

var root = new RootCommand("Traffic forecasts: train, serve, evaluate, autoscale and replay")
{
    EvaluateCommand.Create(),
    ServeCommand.Create(),
    AutoscaleCommand.Create(),
    ReplayCommand.Create(),
    TrainCommand.Create(),
};

return await CommandLineProgram.RunAsync(root, "akidb predictor", args);
