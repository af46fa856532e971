using AkiDb.SdkTool.Schema;

namespace AkiDb.SdkTool.Slices;

/// <summary>Where the repository keeps what the tool reads and writes.</summary>
/// <param name="Root">The repository's root: the folder that holds <c>AkiDb.Infra.sln</c>.</param>
public sealed record Workspace(string Root)
{
    public string Providers => Path.Combine(Root, "eng", "offline-sdk", "Providers");

    public string NodeModules => Path.Combine(Root, "eng", "node_modules");

    public string Declarations => Path.Combine(Root, "eng", "offline-sdk", "SdkTool", "dts", "describe.mjs");

    /// <summary>The repository that holds a folder.</summary>
    /// <exception cref="SchemaException">No folder above has the solution.</exception>
    public static Workspace Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "AkiDb.Infra.sln")))
                return new Workspace(folder.FullName);
        throw new SchemaException($"{start}: no folder above has AkiDb.Infra.sln; run the command inside the repository.");
    }
}
