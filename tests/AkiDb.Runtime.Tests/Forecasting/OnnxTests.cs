using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using AkiDb.Forecasting;
using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Evaluation;
using AkiDb.Forecasting.Serving;
using AkiDb.Forecasting.Traffic;
using AkiDb.Forecasting.Training;

namespace AkiDb.Runtime.Tests.Forecasting;

public sealed class OnnxTests : IDisposable
{
    private const double Tolerance = 1e-4;
    private static readonly TrafficSeries Traffic = SyntheticTraffic.Daily(5);
    private static readonly SeriesParts Parts = SeriesParts.Of(Traffic);
    private static readonly EnsembleTraining Training = new()
    {
        Options = new TrainingOptions { LstmUnits = [16], BatchSize = 32, MostEpochs = 2, WindowStride = 8, Threads = 1 },
        Members = 2,
        Holidays = new HolidayCalendar(Country.Germany),
    };

    private static readonly Lazy<TrainedPackage> Package = new(() => TrainedPackage.Make(
        Training.Run(Traffic, Parts), Traffic, Parts, 0.9, TimeProvider.System, CancellationToken.None));

    private readonly string _folder = Directory.CreateTempSubdirectory("akidb-model-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false, 1.0)]
    [InlineData(true, 1.0)]
    [InlineData(false, 1e-4)]
    [InlineData(false, 1e4)]
    public async Task Model_TrainerRuntimeAndNode_AgreeWithin1e4(bool isSpecification, double unit)
    {
        var series = Traffic.Scaled(unit);
        var options = isSpecification ? TrainingOptions.Specification with { MostEpochs = 1, WindowStride = 40, Threads = 1 } : Training.Options;
        var training = new EnsembleTraining { Options = options, Members = isSpecification ? 1 : 2, Holidays = Training.Holidays };
        var model = training.Run(series, Parts);
        var onnx = OnnxExport.ToOnnx(model);
        var path = Path.Combine(_folder, "model.onnx");
        await File.WriteAllBytesAsync(path, onnx);
        var origins = Enumerable.Range(0, 20).Select(i => Parts.TestStart + (45 * i)).ToArray();

        var trained = Forecasts(new LstmForecaster(model), series, origins);
        using var served = new OnnxForecaster(onnx, Training.Holidays);
        var inRuntime = Forecasts(served, series, origins);
        var inNode = await Node(path, series, origins);

        inRuntime.Should().Equal(trained, IsClose);
        inNode.Should().Equal(trained, IsClose);
        trained.Distinct().Count().Should().BeGreaterThan(200, "the forecasts say something");
    }

    [Fact]
    public void OnnxForecaster_ManyThreads_GiveWhatOneGives()
    {
        using var served = new OnnxForecaster(Package.Value.Onnx, Training.Holidays);
        var origins = Enumerable.Range(Parts.TestStart, 200).ToArray();
        var alone = origins.Select(origin => Forecasts(served, Traffic, [origin])).ToArray();

        var together = new double[origins.Length][];
        Parallel.For(0, origins.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => together[i] = Forecasts(served, Traffic, [origins[i]]));

        together.SelectMany(forecast => forecast).Should().Equal(alone.SelectMany(forecast => forecast));
    }

    [Fact]
    public void OnnxForecaster_GapsZerosAndBadArguments_BehavesAsEveryForecaster()
    {
        using var served = new OnnxForecaster(Package.Value.Onnx, Training.Holidays);
        var forecast = new double[15];
        var history = Traffic.Values[^60..].ToArray();
        history[3] = history[58] = history[59] = double.NaN;

        served.Forecast(history, Traffic.TimeOf(Traffic.Count - 1), forecast);
        forecast.Should().OnlyContain(value => double.IsFinite(value) && value > 0);
        served.Forecast(new double[60], Traffic.TimeOf(Traffic.Count - 1), forecast);
        forecast.Should().OnlyContain(value => double.IsFinite(value) && value >= 0);
        FluentActions.Invoking(() => served.Forecast(new double[59], Traffic.Start, forecast)).Should().Throw<ArgumentException>().WithMessage("*60*59*");
    }

    [Fact]
    public void Package_SavedAndLoaded_ForecastsTheSame()
    {
        Package.Value.Save(_folder);
        using var loaded = ModelPackage.Load(_folder);

        JsonSerializer.Serialize(loaded.Manifest, ModelManifest.Json).Should().Be(JsonSerializer.Serialize(Package.Value.Manifest, ModelManifest.Json));
        loaded.Candidates.Select(candidate => candidate.Name).Should().Equal(
            "last-value", "mean-15", "day-shape", "week-shape", "damped-ets", "ridge", "lstm");
        loaded.Serving.Name.Should().Be(loaded.Manifest.Choice.Serving);
        using var direct = new OnnxForecaster(Package.Value.Onnx, Training.Holidays);
        Forecasts(loaded.Candidates[^1], Traffic, [7_000]).Should().Equal(Forecasts(direct, Traffic, [7_000]));
        loaded.Manifest.Data.Sha256.Should().Be(TrafficHash.Of(Traffic));
        loaded.Manifest.TestAccuracy[0].Forecaster.Should().Be(loaded.Serving.Name);
        loaded.Manifest.TestAccuracy[0].ByMinuteAhead.Should().HaveCount(15);
        loaded.Manifest.TestCoverage.Count.Should().Be(Parts.End - Parts.TestStart - 15, "bounds are judged every minute, as they are served");
        loaded.Manifest.Conformal.Select(line => line.Level).Should().Equal(0.5, 0.8, 0.85, 0.9, 0.95, 0.99);
        loaded.Manifest.Conformal.Select(line => line.Factor).Should().BeInAscendingOrder();
    }

    [Fact]
    public void Package_SameTrainingTwice_GivesTheSameBytes() =>
        OnnxExport.ToOnnx(Training.Run(Traffic, Parts)).Should().Equal(Package.Value.Onnx);

    [Theory]
    [InlineData("formatVersion", 2, "*formatVersion*2*1*")]
    [InlineData("inputMinutes", 30, "*inputMinutes*30*60*")]
    [InlineData("modelFile", "../model.onnx", "*modelFile*beside*")]
    [InlineData("modelFile", "other.onnx", "*other.onnx*")]
    [InlineData("modelSha256", "00", "*SHA-256*00*")]
    [InlineData("choice", null, "*manifest*choice*")]
    public void Load_WrongManifest_NamesWhatIsWrong(string key, object? value, string message)
    {
        Package.Value.Save(_folder);
        var path = Path.Combine(_folder, ModelManifest.FileName);
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        manifest[key] = JsonSerializer.SerializeToNode(value);
        File.WriteAllText(path, manifest.ToJsonString());

        FluentActions.Invoking(() => ModelPackage.Load(_folder)).Should().Throw<ModelPackageException>().WithMessage(message);
    }

    [Fact]
    public void Load_NoManifestOrNoJsonOrDamagedModel_IsAPackageError()
    {
        FluentActions.Invoking(() => ModelPackage.Load(_folder)).Should().Throw<ModelPackageException>().WithMessage("*manifest.json*");
        File.WriteAllText(Path.Combine(_folder, ModelManifest.FileName), "{");
        FluentActions.Invoking(() => ModelPackage.Load(_folder)).Should().Throw<ModelPackageException>().WithMessage("*no manifest*");
        Package.Value.Save(_folder);
        var model = Path.Combine(_folder, Package.Value.Manifest.ModelFile);
        var bytes = File.ReadAllBytes(model);
        bytes[^1] ^= 1;
        File.WriteAllBytes(model, bytes);
        FluentActions.Invoking(() => ModelPackage.Load(_folder)).Should().Throw<ModelPackageException>().WithMessage("*SHA-256*");
    }

    private static double[] Forecasts(IForecaster forecaster, TrafficSeries series, int[] origins) => [.. origins.SelectMany(origin =>
    {
        var forecast = new double[ForecastHorizon.Minutes];
        forecaster.Forecast(series.Values[..(origin + 1)], series.TimeOf(origin), forecast);
        return forecast;
    })];

    private static bool IsClose(double found, double wanted) => Math.Abs(found - wanted) <= Tolerance * Math.Abs(wanted);

    private static async Task<double[]> Node(string model, TrafficSeries series, int[] origins)
    {
        var features = new CalendarFeatures(Training.Holidays);
        var input = JsonSerializer.Serialize(new
        {
            qps = origins.Select(origin => series.Values.Slice(origin - 59, 60).ToArray()),
            calendar = origins.Select(origin => Enumerable.Range(origin - 59, 60).SelectMany(minute =>
            {
                var row = new float[CalendarFeatures.Count];
                features.Write(series.TimeOf(minute), row);
                return row;
            })),
        });
        var start = new ProcessStartInfo("node") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Forecasting", "OnnxPeer.cjs"));
        start.ArgumentList.Add(NodeModules());
        start.ArgumentList.Add(model);
        using var node = Process.Start(start)!;
        await node.StandardInput.WriteAsync(input);
        node.StandardInput.Close();
        var errors = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        node.ExitCode.Should().Be(0, await errors);
        return JsonSerializer.Deserialize<double[]>(output)!;
    }

    private static string NodeModules()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AkiDb.Infra.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "eng", "runtime-peers", "node_modules");
    }
}
