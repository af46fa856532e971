using System.CommandLine;
using AkiDb.Contracts;
using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Traffic;
using AkiDb.Predictor.Forecasts;
using AkiDb.Predictor.Hosting;
using AkiDb.Telemetry.Tracing;

namespace AkiDb.Predictor.Commands;

/// <summary><c>predictor serve</c>: the forecast service.</summary>
internal static class ServeCommand
{
    private const int MostHistoryDays = 90;

    public static Command Create()
    {
        var prometheus = SourceOptions.Prometheus();
        var query = SourceOptions.Query();
        var csv = new Option<string?>("--csv") { Description = "Take traffic from this CSV of timestamp,value, moved to now, instead of Prometheus." }.Filled("a file");
        var models = new Option<string?>("--models") { Description = "Folder, or s3://bucket/prefix, with a trained model; followed while the service runs." }.Filled("a folder or s3://bucket/prefix");
        var holidays = new Option<Country[]>("--holidays") { Description = "Countries whose public holidays matter; several times for several." }.NameOf<Option<Country[]>, Country>();
        var history = new Option<int>("--history-days") { Description = "Days of traffic to read and keep.", DefaultValueFactory = _ => 30 };
        var level = ScalingOptions.Level();
        var urls = SourceOptions.Urls();
        var clock = SourceOptions.Clock();
        history.Validators.Add(result => OptionChecks.Check(result, (int value) => value is >= 1 and <= MostHistoryDays, $"1 to {MostHistoryDays} days"));
        // At an option that always has a value: an error of the command itself would hide those of the options.
        query.Validators.Add(result =>
        {
            if (result.GetResult(prometheus) is null == result.GetResult(csv) is null)
            {
                result.AddError("Give --prometheus or --csv, one of the two: that is where traffic comes from.");
            }
        });
        var command = new Command("serve", "Run the forecast service.") { prometheus, query, csv, models, holidays, history, level, urls, clock };
        command.SetAction((arguments, cancellation) => RunAsync(() => new PredictorOptions
        {
            Urls = arguments.GetValue(urls)!,
            Prometheus = arguments.GetValue(prometheus) is { } address ? new Uri(address) : null,
            Query = arguments.GetValue(query)!,
            CsvFile = arguments.GetValue(csv),
            Models = arguments.GetValue(models),
            Holidays = arguments.GetValue(holidays) ?? [],
            Engine = new EngineSettings { Level = arguments.GetValue(level), HistoryMinutes = arguments.GetValue(history) * 24 * 60 },
        }, arguments.GetValue(clock), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Func<PredictorOptions> options, TimeProvider? clock, CancellationToken cancellation)
    {
        try
        {
            using var traces = TraceExport.Start(ServiceNames.TrafficPredictor, ServiceNames.TrafficPredictor);
            await using var app = PredictorHost.Build(options(), clock);
            await app.RunAsync(cancellation);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TrafficFileException or ArgumentException)
        {
            await Console.Error.WriteLineAsync($"predictor: {e.Message}");
            return 2;
        }
    }
}
