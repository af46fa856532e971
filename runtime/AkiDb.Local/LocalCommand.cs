using System.CommandLine;
using AkiDb.Local.Scoreboard;

namespace AkiDb.Local;

/// <summary><c>akidb local</c>: the command line.</summary>
internal static class LocalCommand
{
    public static RootCommand Create()
    {
        var defaults = new LocalSettings { Folder = "", Launcher = "" };
        var port = new Option<int>("--port") { Description = "Port of the page, on this machine only.", DefaultValueFactory = _ => defaults.Port };
        var speed = new Option<double>("--speed") { Description = "How many times as fast as the wall's clock the day runs; 144 makes a day of ten minutes.", DefaultValueFactory = _ => defaults.Speed };
        var start = new Option<TimeOnly>("--start") { Description = "What the day's clock shows at the start, HH:MM.", DefaultValueFactory = _ => TimeOnly.FromTimeSpan(defaults.Start.TimeOfDay) };
        var seconds = new Option<double?>("--duration") { Description = "Seconds of traffic, then a report; without it until Ctrl-C." };
        var peak = new Option<double>("--peak") { Description = "Requests a second at the busiest time of the day.", DefaultValueFactory = _ => defaults.PeakRequestsPerSecond };
        var record = new Option<string?>("--record") { Description = "Folder that keeps samples, events, the report and Prometheus' data." };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON." };
        var command = new RootCommand("AkiDB on this machine: every service of the runtime, a day of traffic, a page that shows it.") { port, speed, start, seconds, peak, record, json };
        command.SetAction((arguments, cancellation) => RunAsync(
            defaults with
            {
                Port = arguments.GetValue(port),
                Speed = arguments.GetValue(speed),
                Start = new DateTimeOffset(defaults.Start.Date, TimeSpan.Zero) + arguments.GetValue(start).ToTimeSpan(),
                DurationSeconds = arguments.GetValue(seconds),
                PeakRequestsPerSecond = arguments.GetValue(peak),
                RecordFolder = arguments.GetValue(record) is { } folder && !string.IsNullOrWhiteSpace(folder) ? Path.GetFullPath(folder) : arguments.GetValue(record),
            },
            arguments.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(LocalSettings asked, bool asJson, CancellationToken cancellation)
    {
        try
        {
            var root = Environment.GetEnvironmentVariable("AKIDB_ROOT") ?? throw new LocalException("Start it as ./akidb local.");
            var settings = asked with { Launcher = Path.Combine(root, "akidb"), Folder = Path.Combine(root, ".artifacts", "local") };
            LocalCheck.Check(settings);
            var report = await LocalRun.RunAsync(settings, cancellation);
            if (report is not null)
            {
                Console.WriteLine(asJson ? report.ToJson() : ReportTable.Of(report));
            }

            return 0;
        }
        catch (LocalException e)
        {
            await Console.Error.WriteLineAsync($"local: {e.Message}");
            return 2;
        }
    }
}
