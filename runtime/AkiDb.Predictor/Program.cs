using System.CommandLine;

var root = new RootCommand("Traffic forecasts: train, serve, evaluate, autoscale and replay");
return await root.Parse(args).InvokeAsync();
