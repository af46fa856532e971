using System.CommandLine;

var root = new RootCommand("The search engine: embeddings, collections, documents and queries over HTTP");
return await root.Parse(args).InvokeAsync();
