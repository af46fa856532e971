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
return await root.Parse(args).InvokeAsync();
