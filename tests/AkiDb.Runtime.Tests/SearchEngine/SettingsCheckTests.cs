using AkiDb.SearchEngine.Hosting;
using AkiDb.SearchEngine.Limits;

namespace AkiDb.Runtime.Tests.SearchEngine;

public sealed class SettingsCheckTests
{
    [Fact]
    public void Check_ManyProblems_ReportsAllAtOnce()
    {
        var settings = new EngineSettings
        {
            Role = EngineRole.Reader,
            Urls = "ftp://x;http://127.0.0.1:1/path",
            PublishTo = "s3://",
            WriterUrl = "akidb-writer",
            Limits = new RequestLimits { Batch = 0, Queue = -1 },
        };

        var check = () => SettingsCheck.Check(settings);

        var problems = check.Should().Throw<SettingsException>().Which.Problems;
        foreach (var part in new[] { "--keys FILE is missing", "--data DIR is missing", "--follow PLACE is missing", "--publish is for", "--publish 's3://'", "--writer 'akidb-writer'",
            "--urls 'ftp://x'", "--urls 'http://127.0.0.1:1/path'", "--max-batch is 0", "--max-queue is -1" })
        {
            problems.Should().Contain(problem => problem.Contains(part, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Check_KeysAndNoAuth_ExcludeEachOther()
    {
        var check = () => SettingsCheck.Check(new EngineSettings { DataPath = "x", IsOpen = true, KeysPath = "keys.json" });

        check.Should().Throw<SettingsException>().Which.Problems.Should().Contain("--no-auth and --keys exclude each other");
    }

    [Fact]
    public void Check_LocalWriter_IsGood() => SettingsCheck.Check(new EngineSettings { DataPath = "x", IsOpen = true });
}
