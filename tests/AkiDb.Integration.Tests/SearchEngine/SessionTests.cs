using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AkiDb.Integration.Tests.SearchEngine;

/// <summary>The session of docs/search-engine.md, run as it stands there; then the server is started anew and asked the same.</summary>
public sealed partial class SessionTests
{
    // The documentation's 10,000 take as long as that many runs of the model.
    private const int Texts = 800;

    [Fact]
    public async Task DocumentedSession_RunAndAskedAgainAfterARestart_GivesTheSameAnswer()
    {
        var folder = Directory.CreateTempSubdirectory("akidb-session-");
        var data = Path.Combine(folder.FullName, "data");
        var script = Session().Match(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "docs", "search-engine.md"))).Groups["script"].Value;
        script.Should().Contain("api/v1/collections/glosses/query");
        string output;
        await using (var first = await SearchProcess.StartAsync("serve", "--data", data, "--no-auth", "--log", "none"))
        {
            output = await RunAsync(script, first.Port, folder.FullName);
            first.Signal(15);
            (await first.WaitForExitAsync(TimeSpan.FromSeconds(20))).Should().Be(0);
        }

        output.Should().Contain($"\"count\":{Texts}").And.Contain("\"role\":\"writer\",\"ready\":true");
        var answer = await File.ReadAllLinesAsync(Path.Combine(folder.FullName, "answer.txt"));
        answer.Should().HaveCount(5);
        await using var second = await SearchProcess.StartAsync("serve", "--data", data, "--no-auth", "--log", "none");
        var question = script[script.IndexOf("curl -sf -H \"$json\" $URL/api/v1/collections/glosses/query", StringComparison.Ordinal)..];
        await RunAsync("json='Content-Type: application/json'\n" + question[..(question.IndexOf("answer.txt", StringComparison.Ordinal) + "answer.txt".Length)], second.Port, folder.FullName);

        (await File.ReadAllLinesAsync(Path.Combine(folder.FullName, "answer.txt"))).Should().Equal(answer);
        await second.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static async Task<string> RunAsync(string script, int port, string folder)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            Environment = { ["URL"] = $"http://127.0.0.1:{port}", ["TEXTS"] = $"{Texts}" },
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
}
