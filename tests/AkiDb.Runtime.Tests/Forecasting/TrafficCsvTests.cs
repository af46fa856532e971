using AkiDb.Forecasting.Traffic;

namespace AkiDb.Runtime.Tests.Forecasting;

public sealed class TrafficCsvTests
{
    [Fact]
    public void Read_MissingMinutesAndEmptyValues_AreNaN()
    {
        var series = Read("""
            timestamp,value,label
            2026-01-01 00:00:00,60,0
            2026-01-01 00:01:00,,0
            2026-01-01 00:03:00,NaN,1
            2026-01-01T01:05:00+01:00,120,0
            """);

        series.Start.Should().Be(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        series.Values.ToArray().Should().Equal(60, double.NaN, double.NaN, double.NaN, double.NaN, 120);
        series.ObservedCount.Should().Be(2);
        series.TimeOf(5).Should().Be(series.Start.AddMinutes(5));
    }

    [Fact]
    public void Read_PerMinute_IsDividedBySixty() =>
        Read("timestamp,value\n2026-01-01 00:00:00,90\n", TrafficUnit.PerMinute)[0].Should().Be(1.5);

    [Fact]
    public void Read_BadLines_NamesThemAllWithWhatIsWanted()
    {
        var read = () => Read("""
            timestamp,value
            2026-01-01 00:00:00,1
            yesterday,1
            2026-01-01 00:01:30,1
            2026-01-01 00:02:00,-4
            2026-01-01 00:03:00,many
            2026-01-01 00:00:00,1
            2026-01-01 00:04:00
            """);

        var errors = read.Should().Throw<TrafficFileException>().Which.Errors;
        errors.Select(error => error[..7]).Should().Equal("line 3:", "line 4:", "line 5:", "line 6:", "line 7:", "line 8:");
        errors[0].Should().Contain("yesterday").And.Contain("whole minute");
        errors[2].Should().Contain("-4").And.Contain("0 or more");
    }

    [Fact]
    public void Read_OneTimestampFarAhead_NamesTheMinuteThatLaterLinesAreComparedWith()
    {
        var read = () => Read("timestamp,value\n2026-01-01 00:00:00,1\n2026-01-25 00:01:00,1\n2026-01-01 00:02:00,1\n");

        read.Should().Throw<TrafficFileException>()
            .WithMessage("*line 4: found 2026-01-01 00:02; wanted a minute after 2026-01-25 00:01, the last good line's, at most 31 days later.*");
    }

    [Theory]
    [InlineData("05:56:00,7", "2026-11-22 05:56:00")]
    [InlineData("1/2/2026 05:56:00,7", "2026-11-22 05:56:00")]
    [InlineData("2026-01-01 00:00:00,106,44", "2 cells, as the header has, and decimals with a point")]
    public void Read_ALineOfAnotherForm_IsRefusedWithTheFormThatIsWanted(string line, string wanted) =>
        FluentActions.Invoking(() => Read($"timestamp,value\n{line}\n")).Should().Throw<TrafficFileException>().WithMessage($"*line 2: found '{line}'*{wanted}*");

    [Theory]
    [InlineData("2026-01-01T05:00:00Z")]
    [InlineData("2026-01-01T05:00")]
    [InlineData("2026-01-01 06:00+01:00")]
    [InlineData("2026-01-01T05:00:00.000Z")]
    public void Read_EveryIsoForm_IsTheSameMinute(string timestamp) =>
        Read($"timestamp,value\n{timestamp},1\n").Start.Should().Be(new DateTimeOffset(2026, 1, 1, 5, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("", "header")]
    [InlineData("time;load\n", "time;load")]
    [InlineData("timestamp,value\n", "one line a minute")]
    [InlineData("timestamp,value\n2026-01-01 00:00:00,1\n2026-01-01 00:05:00,1\n2026-01-01 00:10:00,1\n", "a line for every minute")]
    [InlineData("timestamp,value\n2026-01-01 00:00:00,1\n2036-01-01 00:00:00,1\n", "31 days")]
    public void Read_NotAMinutesTrace_SaysWhy(string text, string wanted) =>
        FluentActions.Invoking(() => Read(text)).Should().Throw<TrafficFileException>().WithMessage($"*{wanted}*");

    [Fact]
    public void OutageMask_ThreeMinutesOfNearlyNothing_AreTakenOutAndADipIsKept()
    {
        var series = SyntheticTraffic.From(300, minute => minute switch
        {
            >= 100 and < 110 => 2,
            >= 150 and < 160 => 40,
            200 or 201 => 0,
            _ => 100,
        });

        var masked = OutageMask.Apply(series);

        Enumerable.Range(0, 300).Where(minute => double.IsNaN(masked[minute])).Should().Equal(Enumerable.Range(100, 10));
    }

    [Fact]
    public void OutageMask_LowForMoreThanSixHours_IsTheNewLoad() =>
        OutageMask.Apply(SyntheticTraffic.From(1_000, minute => minute < 100 ? 500 : 1)).ObservedCount.Should().Be(1_000);

    private static TrafficSeries Read(string text, TrafficUnit unit = TrafficUnit.PerSecond) =>
        TrafficCsv.Read(new StringReader(text), "test.csv", unit);
}
