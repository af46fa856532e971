using System.CommandLine;
using AkiDb.SearchEngine.Commands;

var root = new RootCommand("The search engine: embeddings, collections, documents and queries over HTTP.")
{
    ServeCommand.Create(),
    KeyCommand.Create(),
    RestoreCommand.Create(),
    TortureCommand.Create(),
};

// Draining takes longer than the two seconds that are the default; the server itself limits how long.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
