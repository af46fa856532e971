using AkiDb.Predictor.Autoscaling;

namespace AkiDb.Predictor.Replay;

/// <summary>Forecasts of a replay, each made from nothing but the past.</summary>
internal interface IForecastFeed
{
    /// <summary>What the autoscaler would get after a minute; null if nothing.</summary>
    PeakForecast? After(int minute);

    /// <summary>Greatest of the forecast minutes after a minute, without any margin, queries a second.</summary>
    double PeakAfter(int minute);
}
