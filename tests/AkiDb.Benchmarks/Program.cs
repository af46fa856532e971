using System.CommandLine;
using AkiDb.Benchmarks.Policies;
using AkiDb.Benchmarks.Router;

// Roles that a benchmark starts in processes of their own.
if (args is ["plain-yarp", var listen, var destination])
{
    await PlainYarp.RunAsync(listen, destination, CancellationToken.None);
    return 0;
}

var root = new RootCommand("Speed and cost, measured. Ratios within one run are the result; times are this machine's.")
{
    PoliciesBench.Create(),
    RouterBench.Create(),
};
return await root.Parse(args).InvokeAsync();
