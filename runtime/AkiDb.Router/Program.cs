using System.CommandLine;
using AkiDb.Router.Commands;

var root = new RootCommand("Sends each request to the cheapest backend that still meets its latency budget.")
{
    ServeCommand.Create(),
    CheckCommand.Create(),
    ReplayCommand.Create(),
};

// Draining takes longer than the two seconds that are the default; the server itself limits how long.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
