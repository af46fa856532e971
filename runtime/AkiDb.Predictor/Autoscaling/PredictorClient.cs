using System.Text.Json;
using AkiDb.Contracts;
using AkiDb.Predictor.Forecasts;

namespace AkiDb.Predictor.Autoscaling;

/// <summary>Forecasts of the predictor service.</summary>
internal sealed class PredictorClient(HttpClient http) : IForecastSource
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public async Task<PeakForecast?> LatestAsync(CancellationToken cancellationToken)
    {
        try
        {
            var document = await http.GetFromJsonAsync<ForecastDocument>(new Uri(ServiceEndpoints.Forecast, UriKind.Relative), Json, cancellationToken);
            return document?.ToPeak();
        }
        catch (JsonException e)
        {
            throw new HttpRequestException($"{http.BaseAddress} answered with what is no forecast: {e.Message}", e);
        }
    }
}
