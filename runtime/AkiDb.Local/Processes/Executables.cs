namespace AkiDb.Local.Processes;

/// <summary>Finds programs as a shell does.</summary>
internal static class Executables
{
    /// <summary>True if a program of this name or path can be started.</summary>
    public static bool Exists(string command) => command.Contains('/', StringComparison.Ordinal)
        ? File.Exists(command)
        : Array.Exists(Folders(), folder => File.Exists(Path.Combine(folder, command)));

    private static string[] Folders() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
}
