using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Evaluation;
using AkiDb.Forecasting.Serving;
using AkiDb.Forecasting.Training;
using AkiDb.ObjectStorage;
using AkiDb.Predictor.Forecasts;
using AkiDb.Runtime.Tests.Forecasting;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkiDb.Runtime.Tests.Predictor;

/// <summary>Models as <c>predictor train</c> writes them, in a folder that changes.</summary>
public sealed class StoredModelsTests : IDisposable
{
    private static readonly Lazy<TrainedPackage> Trained = new(() =>
    {
        var traffic = SyntheticTraffic.Daily(5);
        var parts = SeriesParts.Of(traffic);
        var training = new EnsembleTraining
        {
            Options = new TrainingOptions { LstmUnits = [8], BatchSize = 32, MostEpochs = 1, WindowStride = 16, Threads = 1 },
            Members = 1,
            Holidays = new HolidayCalendar(),
        };
        return TrainedPackage.Make(training.Run(traffic, parts), traffic, parts, 0.9, TimeProvider.System, CancellationToken.None);
    });

    private readonly string _folder = Directory.CreateTempSubdirectory("akidb-models-").FullName;
    private readonly StoredModels _models;

    public StoredModelsTests() => _models = new StoredModels(ObjectStores.Open(_folder, TimeProvider.System), NullLogger<StoredModels>.Instance);

    [Fact]
    public async Task Newest_OfAnEmptyFolder_IsNothing() => (await _models.NewestAsync(default)).Should().BeNull();

    [Fact]
    public async Task Newest_OfAGoodModel_IsGivenOnce()
    {
        Trained.Value.Save(_folder);

        var found = await _models.NewestAsync(default);
        using var owner = found!.Owner;

        found.Refusal.Should().BeNull();
        found.Forecaster!.Name.Should().Be(Trained.Value.Manifest.Choice.Serving);
        (await _models.NewestAsync(default)).Should().BeNull();
    }

    [Fact]
    public async Task Newest_ManifestBeforeItsModel_WaitsForTheModel()
    {
        Trained.Value.Save(_folder);
        var model = Path.Combine(_folder, Trained.Value.Manifest.ModelFile);
        var bytes = await File.ReadAllBytesAsync(model);
        File.Delete(model);

        (await _models.NewestAsync(default)).Should().BeNull();
        await File.WriteAllBytesAsync(model, bytes);
        var found = await _models.NewestAsync(default);
        found!.Owner!.Dispose();

        found.Refusal.Should().BeNull();
    }

    [Theory]
    [InlineData("no json at all")]
    [InlineData("{}")]
    [InlineData("""{ "modelFile": "../../etc/passwd" }""")]
    public async Task Newest_AManifestThatIsNone_IsRefusedOnceAndAGoodOneIsTakenAfterwards(string manifest)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, ModelManifest.FileName), manifest);

        (await _models.NewestAsync(default))!.Refusal.Should().NotBeNullOrEmpty();
        (await _models.NewestAsync(default)).Should().BeNull();
        Trained.Value.Save(_folder);
        var found = await _models.NewestAsync(default);
        found!.Owner!.Dispose();

        found.Refusal.Should().BeNull();
    }

    [Fact]
    public async Task Newest_AModelThatIsNotTheManifests_IsRefused()
    {
        Trained.Value.Save(_folder);
        await File.AppendAllTextAsync(Path.Combine(_folder, Trained.Value.Manifest.ModelFile), "x");

        (await _models.NewestAsync(default))!.Refusal.Should().Contain("SHA-256");
    }

    public void Dispose()
    {
        _models.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
