using System.CommandLine;
using AkiDb.CommandLine;
using AkiDb.SearchEngine.Commands;

var root = new RootCommand("The search engine: embeddings, collections, documents and queries over HTTP.")
{
    ServeCommand.Create(),
    KeyCommand.Create(),
    RestoreCommand.Create(),
    TortureCommand.Create(),
};

return await CommandLineProgram.RunAsync(root, "akidb search", args);
