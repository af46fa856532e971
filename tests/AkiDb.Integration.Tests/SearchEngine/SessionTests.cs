using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AkiDb.Integration.Tests.SearchEngine;

/// <summary>The session of docs/search-engine.md, run as it stands there; then the server is started anew, a reader beside it, and both are asked the same.</summary>
public sealed partial class SessionTests
{
    [Fact]
    public async Task DocumentedSession_AskedAgainAfterARestartAndOfAReader_GivesTheSameAnswer()
    {
        var folder = Directory.CreateTempSubdirectory("akidb-session-");
        string[] serve = ["serve", "--no-auth", "--log", "none", "--data", Path.Combine(folder.FullName, "data")];
        var published = Path.Combine(folder.FullName, "published");
        var page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "docs", "search-engine.md"));
        var script = Session().Match(page).Groups["script"].Value;
        script.Should().Contain("api/v1/collections/glosses/query");
        string output;
        await using (var first = await SearchProcess.StartAsync(serve))
        {
            output = await RunAsync(script, first.Port, folder.FullName);
            first.Signal(15);
            (await first.WaitForExitAsync(TimeSpan.FromSeconds(20))).Should().Be(0);
        }

        var texts = File.ReadLines(Path.Combine(folder.FullName, "glosses.ndjson")).Count();
        texts.Should().BeGreaterThan(10_000);
        output.Should().Contain($"\"count\":{texts}").And.Contain("\"role\":\"writer\",\"ready\":true");
        var answer = await AnswerAsync();
        answer.Should().HaveCount(5);
        // The others are too alike for every processor's rounding.
        answer[0].Should().Be(Answer().Match(page).Groups["first"].Value);

        var question = script[script.IndexOf("curl -sf -H \"$json\" $URL/api/v1/collections/glosses/query", StringComparison.Ordinal)..];
        question = "json='Content-Type: application/json'\n" + question[..(question.IndexOf("answer.txt", StringComparison.Ordinal) + "answer.txt".Length)];
        await using var second = await SearchProcess.StartAsync([.. serve, "--publish", published]);
        await RunAsync(question, second.Port, folder.FullName);
        (await AnswerAsync()).Should().Equal(answer);

        await using var reader = await SearchProcess.StartAsync("serve", "--no-auth", "--log", "none", "--role", "reader",
            "--data", Path.Combine(folder.FullName, "copy"), "--follow", published, "--writer", second.Http.BaseAddress!.ToString());
        await RunAsync(question, reader.Port, folder.FullName);
        (await AnswerAsync()).Should().Equal(answer);

        await reader.DisposeAsync();
        await second.DisposeAsync();
        folder.Delete(recursive: true);

        Task<string[]> AnswerAsync() => File.ReadAllLinesAsync(Path.Combine(folder.FullName, "answer.txt"));
    }

    private static async Task<string> RunAsync(string script, int port, string folder)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            Environment = { ["URL"] = $"http://127.0.0.1:{port}" },
        };
        using var bash = Process.Start(start)!;
        var error = bash.StandardError.ReadToEndAsync();
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        bash.ExitCode.Should().Be(0, output + await error);
        return output;
    }

    [GeneratedRegex("```sh session\n(?<script>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Session();

    [GeneratedRegex("```text answer\n(?<first>.*?)\n", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Answer();
}
