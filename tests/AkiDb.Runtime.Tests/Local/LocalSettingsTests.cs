using AkiDb.Local;

namespace AkiDb.Runtime.Tests.Local;

/// <summary>What a run can be asked for.</summary>
public sealed class LocalSettingsTests
{
    private static readonly LocalSettings Good = new() { Folder = "/tmp/none", Launcher = "/tmp/none/akidb" };

    [Fact]
    public void FindProblems_OfTheDefaults_FindsNone() => Good.FindProblems().Should().BeEmpty();

    [Fact]
    public void FindProblems_OfManyWrongValues_NamesAllWithWhatWouldBeRight()
    {
        var problems = (Good with { Port = 80, Speed = 0, PeakRequestsPerSecond = double.NaN, DurationSeconds = 1, RecordFolder = "" }).FindProblems();

        problems.Should().HaveCount(5).And.OnlyContain(problem => problem.Contains("wanted", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(9.9)]
    [InlineData(86_401)]
    [InlineData(1e300)]
    public void FindProblems_OfALengthThatNoTimerTakes_NamesIt(double seconds) =>
        (Good with { DurationSeconds = seconds }).FindProblems().Should().ContainSingle().Which.Should().StartWith("--duration is ");

    [Theory]
    [InlineData(1, 1)]
    [InlineData(60, 5)]
    [InlineData(144, 12)]
    [InlineData(720, 14)]
    public void LeadMinutes_OfASpeed_IsWhatAReaderTakesToStartWithinTheForecast(double speed, int minutes) =>
        (Good with { Speed = speed }).LeadMinutes.Should().Be(minutes);
}
