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
        var problems = (Good with { Port = 80, Speed = 0, PeakRequestsPerSecond = double.NaN, Duration = TimeSpan.FromSeconds(1) }).FindProblems();

        problems.Should().HaveCount(4).And.OnlyContain(problem => problem.Contains("wanted", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(60, 5)]
    [InlineData(144, 12)]
    [InlineData(720, 14)]
    public void LeadMinutes_OfASpeed_IsWhatAReaderTakesToStartWithinTheForecast(double speed, int minutes) =>
        (Good with { Speed = speed }).LeadMinutes.Should().Be(minutes);
}
