namespace AkiDb.Local.Traffic;

/// <summary>
/// A made-up service's traffic: a curve over the day, quieter weekends, a job at every full hour, and noise that is the same in
/// every run. The predictor is trained on weeks of it and then sees days that it has not seen.
/// </summary>
internal sealed class DayShape(double peakRequestsPerSecond, int seed)
{
    // Share of the peak at each full hour, UTC, in between linear: a night, a steep morning, a long break at noon, the evening's peak.
    private static readonly double[] Hours =
        [0.22, 0.18, 0.16, 0.15, 0.16, 0.20, 0.30, 0.48, 0.70, 0.82, 0.86, 0.84, 0.74, 0.62, 0.55, 0.55, 0.62, 0.76, 0.92, 1.00, 0.96, 0.80, 0.52, 0.32];

    private const double WeekendShare = 0.7;
    private const double HourlyJobShare = 0.08;
    private const int HourlyJobMinutes = 4;

    /// <summary>Requests a second in the minute that <paramref name="time"/> falls in; above 0.</summary>
    public double At(DateTimeOffset time)
    {
        var minute = (long)Math.Floor((time - DateTimeOffset.UnixEpoch).TotalMinutes);
        var hour = time.UtcDateTime.TimeOfDay.TotalHours;
        var curve = double.Lerp(Hours[(int)hour], Hours[((int)hour + 1) % Hours.Length], hour - Math.Floor(hour));
        var weekend = time.UtcDateTime.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? WeekendShare : 1;
        var job = time.UtcDateTime.Minute < HourlyJobMinutes ? HourlyJobShare : 0;
        // A slow wave of a few hours and a minute's jitter; both are read off the minute, so that any day can be asked for.
        var wave = 0.06 * Math.Sin((minute / 137.0) + (seed * 1.7)) * Math.Sin((minute / 911.0) + seed);
        var jitter = 0.03 * Noise(minute);
        return peakRequestsPerSecond * weekend * Math.Max(0.02, curve + job + wave + jitter);
    }

    // SplitMix64 (Steele, Lea, Flood 2014) of the minute: evenly spread from -1 to 1.
    private double Noise(long minute)
    {
        var z = (ulong)minute + ((ulong)seed * 0x9E3779B97F4A7C15) + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) / (double)ulong.MaxValue * 2) - 1;
    }
}
