using System.Collections.Concurrent;
using Xunit.Abstractions;

namespace AkiDb.Integration.Tests.Router;

/// <summary>
/// Fifty runs under load, each with one thing that breaks. The time out of an address is one second here instead of ten, so that
/// the runs are short; everything else is as in production.
/// </summary>
public class FaultSuiteTests(ITestOutputHelper output)
{
    private const int Runs = 50;
    private const double MaxErrorShare = 0.005;

    // A run in which hardly anything was sent proves nothing.
    private const int MinRequests = 50;

    [Fact]
    public async Task FiftyFaults_UnderLoad_RepeatableRequestsBarelyNotice_AndNothingIsSentTwiceThatMustNotBe()
    {
        var failures = new ConcurrentQueue<string>();
        var results = new ConcurrentDictionary<RunFault, (int Runs, int Requests, int Errors, int Late, int Twice)>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Runs), new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (seed, _) =>
        {
            var fault = (RunFault)(seed % Enum.GetValues<RunFault>().Length);
            await using var run = new FaultRun(fault, seed);
            await run.ExecuteAsync();
            Judge(run, fault, seed, results, failures);
        });

        output.WriteLine("fault                runs  repeatable  errors  after ejection  sent twice");
        foreach (var (fault, sum) in results.OrderBy(pair => pair.Key))
        {
            output.WriteLine($"{fault,-20} {sum.Runs,4}  {sum.Requests,10}  {sum.Errors,6}  {sum.Late,14}  {sum.Twice,10}");
        }

        results.Values.Sum(result => result.Runs).Should().Be(Runs);
        failures.Should().BeEmpty();
    }

    private static void Judge(
        FaultRun run, RunFault fault, int seed, ConcurrentDictionary<RunFault, (int, int, int, int, int)> results, ConcurrentQueue<string> failures)
    {
        var repeatable = run.Requests.Where(request => request.MayRepeat).ToList();
        var errors = repeatable.Count(request => !request.IsGood);
        var late = repeatable.Count(request => !request.IsGood && request.SentAt > FaultRun.FaultAt + FaultRun.Ejection);
        var arrivals = run.Arrivals;
        var twice = run.Requests.Count(request => !request.MayRepeat && arrivals.GetValueOrDefault(request.Id) > 1);
        results.AddOrUpdate(fault, (1, repeatable.Count, errors, late, twice), (_, sum) =>
            (sum.Item1 + 1, sum.Item2 + repeatable.Count, sum.Item3 + errors, sum.Item4 + late, sum.Item5 + twice));
        if (repeatable.Count < MinRequests || errors > repeatable.Count * MaxErrorShare || late > 0 || twice > 0)
        {
            failures.Enqueue($"{fault} (seed {seed}): {errors} of {repeatable.Count} repeatable failed, {late} after the ejection, {twice} sent twice");
        }
    }
}
