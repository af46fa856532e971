using System.Text.Json;
using System.Text.Json.Serialization;
using AkiDb.Contracts;
using AkiDb.Forecasting.Calendars;
using AkiDb.ObjectStorage;
using AkiDb.Predictor.Forecasts;
using AkiDb.Predictor.Pages;
using AkiDb.Predictor.Traffic;
using AkiDb.Telemetry.Metrics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AkiDb.Predictor.Hosting;

/// <summary>Puts the predictor service together.</summary>
internal static class PredictorHost
{
    private static readonly TimeSpan SourceLimit = TimeSpan.FromSeconds(30);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // Skill and R² of traffic that never moves are no numbers; null would be a lie of another kind than "NaN".
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>A service ready to start.</summary>
    /// <exception cref="IOException">The CSV file cannot be read.</exception>
    /// <exception cref="ArgumentException">The model store is neither a folder nor a bucket.</exception>
    public static WebApplication Build(PredictorOptions options, TimeProvider? time = null)
    {
        var clock = time ?? TimeProvider.System;
        ITrafficSource source = options.CsvFile is { } file
            ? new CsvSource(file, clock.GetUtcNow())
            : new PrometheusSource(options.Prometheus!, options.Query, SourceLimit);
        var builder = ServiceHost.Create(options.Urls);
        builder.Services.AddSingleton(clock).AddSingleton(source).AddSingleton(options.Engine).AddSingleton(new HolidayCalendar(options.Holidays));
        if (options.Models is { } models)
        {
            var store = ObjectStores.Open(models, clock);
            builder.Services.AddSingleton<IModelSource>(provider => new StoredModels(store, provider.GetRequiredService<ILogger<StoredModels>>()));
        }
        else
        {
            builder.Services.AddSingleton<IModelSource, NoModels>();
        }

        builder.Services.AddSingleton(provider => new PredictorMetrics(provider.GetRequiredService<MetricRegistry>()));
        builder.Services.AddSingleton<ForecastService>();
        builder.Services.AddHostedService<ForecastLoop>();
        var app = builder.Build();
        var service = app.Services.GetRequiredService<ForecastService>();
        // A cluster without traffic yet has a predictor that works: only a service that has not tried is not ready.
        app.MapCommon(() => service.HasBegun ? null : "traffic was not read yet");
        app.MapGet(ServiceEndpoints.Forecast, Results<JsonHttpResult<ForecastDocument>, ProblemHttpResult> () => service.Current is { } state
            ? TypedResults.Json(ForecastDocument.Of(state), Json)
            : TypedResults.Problem(service.Trouble, statusCode: StatusCodes.Status503ServiceUnavailable));
        app.MapGet(ServiceEndpoints.Accuracy, () => TypedResults.Json(AccuracyDocument.Of(service), Json));
        app.MapGet("/", () => TypedResults.Content(ForecastPage.Of(service, source.Description, clock.GetUtcNow()), "text/html; charset=utf-8"));
        return app;
    }
}
