using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using AkiDb.SearchEngine.Torture;

namespace AkiDb.SearchEngine.Commands;

/// <summary><c>search torture</c>: kills a writing server again and again and looks for what was lost.</summary>
internal static class TortureCommand
{
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "How often to kill.", DefaultValueFactory = _ => 200 };
        var seed = new Option<int>("--seed") { Description = "Seed of moments and documents.", DefaultValueFactory = _ => 1 };
        var command = new Command("torture", "kill -9 under write load, so many times; fails if an acknowledged write is lost.") { rounds, seed };
        command.SetAction((arguments, cancellation) => RunAsync(arguments.GetValue(rounds), arguments.GetValue(seed), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(int rounds, int seed, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("akidb-torture-").FullName;
        var watch = Stopwatch.StartNew();
        using var run = new TortureRun(folder, seed, Console.Out);
        var problems = await run.RunAsync(rounds, cancellation);
        foreach (var problem in problems)
        {
            Console.WriteLine($"  {problem}");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{rounds} kills in {watch.Elapsed.TotalSeconds:0} s, {run.Acknowledged} acknowledged writes, {problems.Count} problems{(problems.Count > 0 ? $"; the store stays in {folder}" : "")}"));
        if (problems.Count > 0)
        {
            return 1;
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }
}
