using System.CommandLine;
using AkiDb.CommandLine;
using AkiDb.Router.Commands;

var root = new RootCommand("Sends each request to the cheapest backend that still meets its latency budget.")
{
    ServeCommand.Create(),
    CheckCommand.Create(),
    ReplayCommand.Create(),
};

return await CommandLineProgram.RunAsync(root, "akidb router", args);
