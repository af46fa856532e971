namespace AkiDb.Local;

/// <summary>Where a run writes. Emptied at the start; another run cannot use it meanwhile.</summary>
internal sealed class RunFolder : IDisposable
{
    /// <summary>Variable with the run's folder, in the environment of its processes.</summary>
    public const string RunVariable = "AKIDB_LOCAL_RUN";

    private readonly FileStream _lock;

    private RunFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    /// <summary>A file for each server with everything that it prints.</summary>
    public string Logs => At("logs");

    /// <summary>What the writer publishes and readers follow.</summary>
    public string Published => At("published");

    public string RouterConfig => At("router.yaml");

    /// <summary>What every process of the run is told: to take programs as they were built, since a source that is edited meanwhile must
    /// not make the next reader a build; and which run it is part of, for who looks for what a run left behind.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AKIDB_AS_BUILT"] = "1",
        [RunVariable] = Path,
    };

    /// <summary>Takes the folder.</summary>
    /// <exception cref="LocalException">Another run uses it.</exception>
    public static RunFolder Take(string folder)
    {
        Directory.CreateDirectory(folder);
        FileStream held;
        try
        {
            held = new FileStream(System.IO.Path.Combine(folder, "run.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new LocalException($"Another 'akidb local' runs in {folder}. End it first.");
        }

        var run = new RunFolder(System.IO.Path.Combine(folder, "run"), held);
        if (Directory.Exists(run.Path))
        {
            Directory.Delete(run.Path, recursive: true);
        }

        Directory.CreateDirectory(run.Logs);
        return run;
    }

    /// <summary>A path in the folder.</summary>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _lock.Dispose();
}
