using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Json;

namespace AkiDb.Infra.Cli.Environments.Revisions;

/// <summary>The plan of one environment of one commit, kept in the build folder so that it is made once.</summary>
internal sealed class KeptPlan
{
    private readonly string _path;

    private KeptPlan(string path) => _path = path;

    // The SDK mode belongs to the name: stand-ins may differ between the two.
    public static KeptPlan Of(Repository repository, string commit, string environment) =>
        new(Path.Combine(repository.Root, ".artifacts", "plans", $"{commit}-{environment}-{SdkMode.Name}.json"));

    /// <summary>The plan; null where there is none, or none that this version reads.</summary>
    public StackPlan? Read()
    {
        if (!File.Exists(_path))
            return null;
        try
        {
            return PlanJson.Read(File.ReadAllBytes(_path), Path.GetFileName(_path));
        }
        catch (FormatException)
        {
            // Cut off, or of another version: it is made again.
            return null;
        }
    }

    /// <summary>Keeps a plan file.</summary>
    public void Write(byte[] json)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        // Two commands may make the same plan at once: each writes its own file, then moves it into place.
        var own = $"{_path}.{Environment.ProcessId}";
        File.WriteAllBytes(own, json);
        File.Move(own, _path, overwrite: true);
    }
}
