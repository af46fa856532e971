using System.Globalization;
using AkiDb.Predictor.Traffic;

namespace AkiDb.Runtime.Tests.Predictor;

public sealed class CsvSourceTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public async Task Source_OfTenDays_EndsNowAtTheSameMinuteOfTheWeekAndGoesOnForEver()
    {
        var start = new DateTimeOffset(2018, 4, 25, 0, 0, 0, TimeSpan.Zero);
        const int minutes = 10 * 1_440;
        File.WriteAllLines(_file, Enumerable.Range(0, minutes)
            .Select(minute => string.Create(CultureInfo.InvariantCulture, $"{start.AddMinutes(minute):yyyy-MM-dd HH:mm:ss},{minute}")).Prepend("timestamp,value"));
        var now = new DateTimeOffset(2026, 3, 4, 15, 27, 30, TimeSpan.Zero);

        var source = new CsvSource(_file, now);
        var series = await source.ReadAsync(new DateTimeOffset(2026, 3, 4, 15, 0, 0, TimeSpan.Zero), 30 * 1_440, default);

        series.ObservedCount.Should().Be(30 * 1_440);
        for (var minute = 0; minute < series.Count; minute += 1_001)
        {
            var fileTime = start.AddMinutes(series[minute]);
            (fileTime.DayOfWeek, fileTime.TimeOfDay).Should().Be((series.TimeOf(minute).DayOfWeek, series.TimeOf(minute).TimeOfDay));
        }
    }

    public void Dispose() => File.Delete(_file);
}
