using AkiDb.Infra.Components.Observability.Rules;

namespace AkiDb.Infra.Tests.Observability;

/// <summary>The generated rules as files, in a folder that goes with the test class.</summary>
public sealed class RuleFiles : IDisposable
{
    public const string RunbooksUrl = "https://wiki.akidb.com/runbooks";

    private readonly string _folder = Directory.CreateTempSubdirectory("akidb-rules-").FullName;
    private int _files;

    public RuleFiles()
    {
        var groups = AlertCatalogue.Objectives.Concat(AlertCatalogue.Signals).ToList();
        Complete = Write(AlertCatalogue.File(groups, RunbooksUrl));
        // promtool compares texts to the letter; cases are about when an alert fires, one test of its own is about what it says.
        var file = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Complete))!;
        foreach (var rule in file["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()))
            rule!.AsObject().Remove("annotations");
        WithoutTexts = Write(file.ToJsonString());
    }

    /// <summary>As Prometheus gets them.</summary>
    public string Complete { get; }

    /// <summary>Without summaries and descriptions.</summary>
    public string WithoutTexts { get; }

    public string Write(string content)
    {
        var path = Path.Combine(_folder, $"{Interlocked.Increment(ref _files)}.yaml");
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
