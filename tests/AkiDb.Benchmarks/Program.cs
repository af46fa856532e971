using AkiDb.Benchmarks.Index;

// One line a benchmark: what follows `bench` on the command line, and what runs.
var benchmarks = new Dictionary<string, Func<string[], int>>
{
    ["index"] = IndexBenchmark.Run,
};

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var run))
{
    Console.Error.WriteLine($"Wanted one of: {string.Join(", ", benchmarks.Keys)}. Found: {(args.Length == 0 ? "nothing" : args[0])}.");
    return 2;
}

return run(args[1..]);
