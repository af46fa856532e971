namespace AkiDb.Forecasting;

/// <summary>The shape of every forecast here: 60 minutes in, 15 minutes out (row F1).</summary>
public static class ForecastHorizon
{
    /// <summary>Minutes that a forecast reaches ahead.</summary>
    public const int Minutes = 15;

    /// <summary>Minutes of traffic that the LSTM reads.</summary>
    public const int InputMinutes = 60;
}
