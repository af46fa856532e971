using System.Diagnostics;
using AkiDb.Forecasting;
using AkiDb.Forecasting.Baselines;
using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Evaluation;
using AkiDb.Forecasting.Network;
using AkiDb.Forecasting.Serving;
using AkiDb.Forecasting.Simd;
using AkiDb.Forecasting.Traffic;
using AkiDb.Forecasting.Training;

namespace AkiDb.Benchmarks.Forecast;

/// <summary>
/// `bench forecast`: training speed of the default and of the specification's network in each register width, beside plain loops,
/// and the time of one forecast by ONNX Runtime and by the trainer's kernels. On 30 synthetic days.
/// </summary>
internal static class ForecastBenchmark
{
    private const int Days = 30;
    private const int Forecasts = 5_000;

    public static int Run(string[] arguments)
    {
        if (arguments.Length > 0)
        {
            Console.Error.WriteLine($"bench forecast takes no arguments; found '{string.Join(' ', arguments)}'.");
            return 2;
        }

        var series = SyntheticMonth();
        Console.WriteLine($"{Environment.ProcessorCount} processors, {FloatLanesDetection.Detected} lanes, {series.Count} minutes\n");
        Console.WriteLine($"{"training, best epoch of two",-44}{"windows/s",11}{"GFLOP/s",9}{"x loops",9}");
        foreach (var (name, options) in new[] { ("64", new TrainingOptions()), ("128/64/32", TrainingOptions.Specification) })
        {
            var loops = PlainLoops.WindowsPerSecond(new NetworkLayout(options.Shape));
            Print($"{name}, plain loops, 1 thread, forward x 3", options, loops, loops);
            foreach (var (lanes, threads) in Contenders())
            {
                Print($"{name}, {lanes} lanes, {threads} thread(s)", options, TrainingSpeed(series, options with { Lanes = lanes, Threads = threads }), loops);
            }
        }

        Console.WriteLine($"\n{"one forecast, microseconds",-44}{"median",11}{"P99",9}");
        foreach (var members in new[] { 1, EnsembleTraining.DefaultMembers })
        {
            PrintLatency(series, members);
        }

        return 0;
    }

    private static IEnumerable<(FloatLanes Lanes, int Threads)> Contenders() =>
        Enum.GetValues<FloatLanes>().Where(lanes => lanes != FloatLanes.Widest && lanes <= FloatLanesDetection.Detected)
            .Select(lanes => (lanes, 1)).Append((FloatLanesDetection.Detected, 2));

    private static double TrainingSpeed(TrafficSeries series, TrainingOptions options)
    {
        // A third of an epoch is enough of the big network.
        var stride = options.LstmUnits.Count > 1 ? 30 : 6;
        using var trainer = new LstmTrainer(series, SeriesParts.Of(series), options with { WindowStride = stride }, new HolidayCalendar());
        return Math.Max(trainer.RunEpoch().WindowsPerSecond, trainer.RunEpoch().WindowsPerSecond);
    }

    private static void Print(string name, TrainingOptions options, double windowsPerSecond, double loops) => Console.WriteLine(FormattableString.Invariant(
        $"{name,-44}{windowsPerSecond,11:n0}{windowsPerSecond * FlopPerWindow(options) / 1e9,9:f1}{windowsPerSecond / loops,9:f0}"));

    // A multiplication and an addition a weight and step, forward, and twice as much backward.
    private static double FlopPerWindow(TrainingOptions options)
    {
        var shape = options.Shape;
        var (inputs, weights) = (shape.Inputs, 0);
        foreach (var units in shape.LstmUnits)
        {
            weights += 4 * units * (inputs + units);
            inputs = units;
        }

        return 3.0 * 2 * weights * shape.Steps;
    }

    private static void PrintLatency(TrafficSeries series, int members)
    {
        var training = new EnsembleTraining { Options = new TrainingOptions { MostEpochs = 1, WindowStride = 60 }, Members = members };
        var model = training.Run(series, SeriesParts.Of(series));
        using var onnx = new OnnxForecaster(OnnxExport.ToOnnx(model), new HolidayCalendar());
        PrintLatency($"{members} network(s), ONNX Runtime", onnx, series);
        PrintLatency($"{members} network(s), trainer's kernels", new LstmForecaster(model), series);
        // The most that can serve: everyone at once, the ridge regression with its week of history among them.
        IForecaster[] all = [.. BaselineSet.Fit(SeriesParts.Of(series).Training(series), new HolidayCalendar()), onnx];
        PrintLatency($"{members} network(s), blend of all {all.Length}", new BlendForecaster(all.Select(one => (one, 1.0 / all.Length))), series);
    }

    private static void PrintLatency(string name, IForecaster forecaster, TrafficSeries series)
    {
        var forecast = new double[ForecastHorizon.Minutes];
        var microseconds = new double[Forecasts];
        for (var i = -500; i < Forecasts; i++)
        {
            var minute = 20_000 + (i % 10_000);
            var start = Stopwatch.GetTimestamp();
            forecaster.Forecast(series.Values[..(minute + 1)], series.TimeOf(minute), forecast);
            if (i >= 0)
            {
                microseconds[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }
        }

        Array.Sort(microseconds);
        Console.WriteLine(FormattableString.Invariant($"{name,-44}{microseconds[Forecasts / 2],11:f0}{microseconds[Forecasts * 99 / 100],9:f0}"));
    }

    private static TrafficSeries SyntheticMonth()
    {
        var random = new Random(1);
        return new TrafficSeries(
            new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
            [.. Enumerable.Range(0, Days * 24 * 60).Select(minute => 1_000 * Math.Exp(Math.Sin(Math.Tau * minute / 1_440.0) + (0.1 * random.NextDouble())))]);
    }
}
