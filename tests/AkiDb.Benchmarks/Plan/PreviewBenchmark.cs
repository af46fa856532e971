using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AkiDb.Infra.Plan.Offline;
using AkiDb.Infra.Plan.Schema;
using AkiDb.Infra.Stacks;
using AkiDb.Infra.Stacks.Settings;

namespace AkiDb.Benchmarks.Plan;

/// <summary>
/// How offline evaluation grows with the number of regions: the production settings with the three regions' names used again and
/// again. What matters is that the time a region stays flat.
/// </summary>
internal static class PreviewBenchmark
{
    private static readonly (string Region, string[] Zones)[] Regions =
    [
        ("us-east-1", ["use1-az1", "use1-az2", "use1-az4"]),
        ("eu-central-1", ["euc1-az1", "euc1-az2", "euc1-az3"]),
        ("ap-northeast-1", ["apne1-az1", "apne1-az2", "apne1-az4"]),
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Length > 0)
        {
            await Console.Error.WriteLineAsync($"bench preview takes no arguments; found '{arguments[0]}'.");
            return 2;
        }

        Console.WriteLine("regions  resources  violations   first s   median s of 3   ms a region");
        foreach (var count in new[] { 3, 10, 30, 60 })
        {
            var first = await MeasureAsync(count);
            var times = new List<double>();
            for (var round = 0; round < 3; round++)
                times.Add((await MeasureAsync(count)).Seconds);
            var median = times.Order().ElementAt(1);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{count,7}  {first.Resources,9}  {first.Violations,10}  {first.Seconds,8:0.00}  {median,14:0.00}  {1000 * median / count,12:0.0}"));
        }

        return 0;
    }

    private static async Task<(double Seconds, int Resources, int Violations)> MeasureAsync(int regions)
    {
        var settings = EnvironmentSettings.Load("scale", Configuration(regions)) with { AssumeImages = true };
        var context = new EvaluationContext { Project = EnvironmentSettings.Project, Stack = "scale", AccountId = settings.AccountId };
        var watch = Stopwatch.StartNew();
        var plan = await OfflineEvaluation.EvaluateAsync(context, options => new AkiDbStack(settings, options));
        var violations = SchemaCheck.Load().Check(plan);
        return (watch.Elapsed.TotalSeconds, plan.Resources.Length, violations.Length);
    }

    private static Dictionary<string, string> Configuration(int regions) => new()
    {
        ["akidb:accountId"] = "111122223333",
        ["akidb:regions"] = JsonSerializer.Serialize(Enumerable.Range(0, regions).Select(index => new
        {
            region = Regions[index % 3].Region,
            name = $"{Regions[index % 3].Region}-{index}",
            cidr = $"10.{index}.0.0/16",
            zoneIds = Regions[index % 3].Zones,
        })),
        ["akidb:cluster"] = """{"version":"1.35","administrators":["arn:aws:iam::111122223333:role/akidb-deploy"]}""",
        ["akidb:capacity"] = """{"spotPercent":70,"amiAlias":"al2023@v20260801","baseline":{"types":["m7g.large"]}}""",
        ["akidb:tags"] = """{"owner":"platform","cost-center":"cc"}""",
    };
}
