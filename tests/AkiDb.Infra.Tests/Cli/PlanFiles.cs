using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Json;

namespace AkiDb.Infra.Tests.Cli;

/// <summary>Plans as files in a temporary folder that goes with the test.</summary>
public sealed class PlanFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("akidb-test-");

    /// <summary>Writes a plan and gives its path.</summary>
    public string Write(string name, StackPlan plan)
    {
        var path = At(name);
        using var stream = File.Create(path);
        PlanJson.Write(stream, plan);
        return path;
    }

    /// <summary>A path in the folder.</summary>
    public string At(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
