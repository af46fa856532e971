namespace AkiDb.Forecasting;

/// <summary>Calendar lengths in minutes.</summary>
public static class Minutes
{
    /// <summary>An hour.</summary>
    public const int PerHour = 60;

    /// <summary>A day.</summary>
    public const int PerDay = 24 * PerHour;

    /// <summary>A week.</summary>
    public const int PerWeek = 7 * PerDay;
}
