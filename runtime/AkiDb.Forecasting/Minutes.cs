namespace AkiDb.Forecasting;

/// <summary>Calendar lengths in minutes.</summary>
internal static class Minutes
{
    public const int PerHour = 60;
    public const int PerDay = 24 * PerHour;
    public const int PerWeek = 7 * PerDay;
}
