using System.Diagnostics;
using System.Globalization;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.Predictor;

/// <summary>The predictor's commands as a person runs them: what wrong input is told, and with which exit code.</summary>
public sealed class CommandLineTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "AkiDb.Predictor.dll");

    private readonly string _folder = Directory.CreateTempSubdirectory("akidb-predictor-").FullName;

    private string Trace => TraceOf("trace.csv", minute => 100 + (50 * Math.Sin(minute / 60.0)));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", "'akidb predictor --help' has the options")]
    [InlineData("serv", "Unrecognized command or argument 'serv'")]
    [InlineData("train", "'--trace' is required|'--out' is required|'akidb predictor train --help' has the options")]
    [InlineData("train --trace=t --out=o --epochs=0 --threads=3 --members=0 --units=0",
        "--epochs: '0' is not allowed|--threads: '3' is not allowed; allowed: 1 or 2|--members: '0'|--units: '0'")]
    [InlineData("train --trace=t --out=o --epochs=x --units=y", "--epochs: 'x' is not allowed|--units: 'y' is not allowed")]
    [InlineData("train --trace=t --out=o --holidays=77 --unit=7", "--holidays: '77' is not allowed; allowed: UnitedStates, Germany, Japan|--unit: '7' is not allowed")]
    [InlineData("train --trace '' --out '' --checkpoints ''", "--trace: '' is not allowed|--out: '' is not allowed|--checkpoints: '' is not allowed")]
    [InlineData("replay --trace=t --cost '' --model '' --html '' --lead=x", "--cost: ''|--model: ''|--html: ''|--lead: 'x'")]
    [InlineData("evaluate --trace=t --model=m --seeds=1 --units=5", "--model: a trained model is judged as it is, so --seeds, --units would say nothing")]
    [InlineData("serve --csv '' --models ''", "--csv: '' is not allowed|--models: '' is not allowed")]
    [InlineData("serve --csv=t --urls=https://127.0.0.1:1", "--urls: 'https://127.0.0.1:1' is not allowed; allowed: http addresses")]
    [InlineData("autoscale --prometheus=http://p --token-file=/no --ca-file=/none", "--token-file: '/no' is not allowed; allowed: a file that can be read|--ca-file: '/none'")]
    public async Task WrongArguments_AreNamedTogetherWithoutTheHelpAndEndWithTwo(string arguments, string wanted)
    {
        var run = await RunAsync([.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one == "''" ? "" : one)]);

        run.ExitCode.Should().Be(2, run.Output);
        run.Output.Should().ContainAll(wanted.Split('|')).And.NotContain("Usage:").And.NotContain("   at ");
    }

    [Theory]
    [InlineData("train --out={file}", "--out: '{file}' cannot be written")]
    [InlineData("train --out={folder}/model --checkpoints={file}", "--checkpoints: '{file}' cannot be written")]
    [InlineData("replay --policy=hpa-80 --html={folder}/none/page.html", "--html: '{folder}/none/page.html' cannot be written")]
    public async Task Output_ThatCannotBeWritten_IsToldBeforeTheWork(string arguments, string wanted)
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "kept");
        string Placed(string text) => text.Replace("{file}", file, StringComparison.Ordinal).Replace("{folder}", _folder, StringComparison.Ordinal);

        var run = await RunAsync([.. arguments.Split(' ').Select(Placed), $"--trace={Trace}"]);

        run.ExitCode.Should().Be(2, run.Output);
        run.Output.Should().Contain(Placed(wanted)).And.NotContain("epoch", "it was noticed before").And.NotContain("hpa-80");
        (await File.ReadAllTextAsync(file)).Should().Be("kept");
    }

    [Fact]
    public async Task Replay_ToAPage_PrintsEachPolicyOnceAndWritesThePage()
    {
        var page = Path.Combine(_folder, "page.html");

        var run = await RunAsync("replay", "--policy", "hpa-80", "--policy", "hpa-80", "--html", page, "--trace", Trace);

        run.ExitCode.Should().Be(0, run.Output);
        run.Output.Split("hpa-80").Should().HaveCount(2);
        (await File.ReadAllTextAsync(page)).Should().Contain("hpa-80");
    }

    [Fact]
    public async Task Replay_AsIsAboveTheMostReplicas_SaysThatNobodyCanServeIt()
    {
        var trace = TraceOf("big.csv", _ => 6_000);

        (await RunAsync("replay", "--as-is", "--policy", "hpa-80", "--trace", trace)).Output
            .Should().Contain("648 of 648 minutes have more than the 5600 queries/s that 20 replicas, the most, serve at target");
        (await RunAsync("replay", "--policy", "hpa-80", "--trace", trace)).Output.Should().NotContain("the most, serve at target");
    }

    [Fact]
    public async Task Train_TrafficThatNeverMoves_IsRefused()
    {
        var run = await RunAsync("train", "--out", Path.Combine(_folder, "model"), "--trace", TraceOf("flat.csv", _ => 7));

        run.ExitCode.Should().Be(2, run.Output);
        run.Output.Should().Contain("Traffic is 7 queries/s in every observed minute of the training part");
        Directory.Exists(Path.Combine(_folder, "model")).Should().BeFalse();
    }

    [Fact]
    public async Task Train_ValuesThatNoModelCanServe_WritesNothing()
    {
        var model = Path.Combine(_folder, "model");
        var random = new Random(1);

        var run = await RunAsync("train", "--members", "1", "--epochs", "1", "--out", model, "--trace", TraceOf("huge.csv", _ => 1e308 * random.NextDouble()));

        run.ExitCode.Should().Be(2, run.Output);
        run.Output.Should().Contain("wanted a finite number, 0 or more");
        Directory.EnumerateFiles(model).Should().BeEmpty();
    }

    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    public async Task Train_Stopped_SaysWhatIsKeptAndEndsWith130(string signal)
    {
        var checkpoints = Path.Combine(_folder, "checkpoints");
        var start = new ProcessStartInfo(
            "dotnet", [Program, "train", "--trace", Trace, "--out", Path.Combine(_folder, "model"), "--checkpoints", checkpoints, "--epochs", "1000", "--members", "20"])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        (await process.StandardError.ReadLineAsync()).Should().StartWith("network 1 of 20, epoch   1");

        using var kill = Process.Start("kill", [signal, $"{process.Id}"]);
        var rest = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        rest.Should().MatchRegex($@"predictor: stopped; \d+ epochs of network \d+ and all before are kept in '{checkpoints}', and the same command goes on from there\.");
        process.ExitCode.Should().Be(130);
        Directory.EnumerateFiles(checkpoints, "*.checkpoint").Should().NotBeEmpty();
    }

    private static Task<ToolRun> RunAsync(params string[] arguments) => ToolRun.OfAsync("dotnet", [Program, .. arguments]);

    private string TraceOf(string name, Func<int, double> value)
    {
        var path = Path.Combine(_folder, name);
        var start = new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc);
        File.WriteAllLines(path, Enumerable.Range(0, 3 * 1_440).Select(minute => string.Create(
            CultureInfo.InvariantCulture, $"{start.AddMinutes(minute):yyyy-MM-dd HH:mm:ss},{value(minute):g6}")).Prepend("timestamp,value"));
        return path;
    }
}
