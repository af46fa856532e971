using AkiDb.SearchEngine.Security;

namespace AkiDb.SearchEngine.Hosting;

/// <summary>Finds everything that is wrong with settings, at once.</summary>
internal static class SettingsCheck
{
    /// <param name="settings">The settings.</param>
    /// <param name="otherProblems">What is wrong elsewhere, to be told with the rest.</param>
    /// <exception cref="SettingsException">Something is wrong.</exception>
    public static void Check(EngineSettings settings, params IReadOnlyList<string> otherProblems)
    {
        var problems = new List<string>(otherProblems);
        Require(settings.IsOpen != settings.KeysPath is not null,
            settings.IsOpen ? "--no-auth and --keys exclude each other" : "--keys FILE is missing; to run without keys, on this machine only, say --no-auth");
        Require(settings.KeysPath is null || KeyFile.Exists(settings.KeysPath), $"--keys '{settings.KeysPath}' is not there; make one with 'akidb search key create'");
        Require(settings.Role == EngineRole.Embed || settings.DataPath is not null, $"--data DIR is missing; a {Name(settings.Role)} keeps its store there");
        Require(settings.Role != EngineRole.Embed || settings.DataPath is null, "--data is of no use to --role embed, which has no store");
        Require(settings.Role == EngineRole.Reader || settings.Follow is null, $"--follow is for --role reader; this is a {Name(settings.Role)}");
        Require(settings.Role == EngineRole.Reader || settings.WriterUrl is null, $"--writer is for --role reader; this is a {Name(settings.Role)}");
        Require(settings.Role == EngineRole.Writer || settings.PublishTo is null, $"--publish is for --role writer; this is a {Name(settings.Role)}");
        Require(settings.Role != EngineRole.Reader || settings.Follow is not null, "--follow PLACE is missing; a reader follows what the writer publishes there");
        Require(IsPlace(settings.PublishTo), $"--publish '{settings.PublishTo}' is no place; wanted a folder or s3://BUCKET/PREFIX");
        Require(IsPlace(settings.Follow), $"--follow '{settings.Follow}' is no place; wanted a folder or s3://BUCKET/PREFIX");
        Require(settings.WriterUrl is null || IsOrigin(settings.WriterUrl), $"--writer '{settings.WriterUrl}' is no origin; wanted for example http://akidb-writer:8080");
        foreach (var url in settings.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Require(IsOrigin(url) && url.StartsWith("http:", StringComparison.Ordinal), $"--urls '{url}' is not allowed; wanted http://ADDRESS:PORT, for example http://127.0.0.1:8080");
        }

        problems.AddRange(settings.Limits.FindProblems());
        if (problems.Count > 0)
        {
            throw new SettingsException(problems);
        }

        void Require(bool isGood, string problem)
        {
            if (!isGood)
            {
                problems.Add(problem);
            }
        }
    }

    private static string Name(EngineRole role) => role switch
    {
        EngineRole.Writer => "writer",
        EngineRole.Reader => "reader",
        _ => "process that only embeds",
    };

    private static bool IsPlace(string? place) =>
        place is null || (!place.Contains("://", StringComparison.Ordinal) && place.Length > 0)
        || (Uri.TryCreate(place, UriKind.Absolute, out var uri) && uri is { Scheme: "s3", Host.Length: > 0 });

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0;
}
