using AkiDb.Forecasting;
using AkiDb.Forecasting.Traffic;
using AkiDb.Predictor.Forecasts;

namespace AkiDb.Predictor.Traffic;

/// <summary>
/// Traffic from a CSV file, for trying the service out without Prometheus. The file's last minute is moved to the start of the
/// service, to the same minute of the week, and the file begins again where it ends.
/// </summary>
internal sealed class CsvSource : ITrafficSource
{
    private readonly TrafficSeries _series;
    private readonly string _path;
    private readonly long _shift;

    /// <param name="path">The file; <see cref="TrafficCsv"/> reads it.</param>
    /// <param name="now">Time of the start.</param>
    /// <exception cref="TrafficFileException">Lines are wrong.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public CsvSource(string path, DateTimeOffset now)
    {
        (_path, _series) = (path, TrafficCsv.Read(path));
        // Whole weeks, so that a Monday morning of the file is one here too.
        _shift = (TrafficHistory.MinuteOf(now) - First - _series.Count) / Minutes.PerWeek * Minutes.PerWeek;
    }

    public string Description => $"{_path}, moved to now";

    private long First => TrafficHistory.MinuteOf(_series.Start);

    public Task<TrafficSeries> ReadAsync(DateTimeOffset from, int minutes, CancellationToken cancellationToken)
    {
        var begin = TrafficHistory.MinuteOf(from) - _shift - First;
        var period = Period();
        var values = new double[minutes];
        for (var i = 0; i < minutes; i++)
        {
            values[i] = At(begin + i, period);
        }

        return Task.FromResult(new TrafficSeries(from, values));
    }

    // Whole weeks where there are any, else whole days.
    private long Period() => _series.Count >= Minutes.PerWeek ? _series.Count / Minutes.PerWeek * Minutes.PerWeek
        : _series.Count >= Minutes.PerDay ? _series.Count / Minutes.PerDay * Minutes.PerDay
        : _series.Count;

    // After the end the last period repeats; before the beginning there is nothing.
    private double At(long index, long period)
    {
        if (index >= _series.Count)
        {
            index -= (((index - _series.Count) / period) + 1) * period;
        }

        return index >= 0 && index < _series.Count ? _series[(int)index] : double.NaN;
    }
}
