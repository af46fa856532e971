namespace AkiDb.Local.Processes;

/// <summary>Finds programs as a shell does.</summary>
internal static class Executables
{
    // Debian keeps some servers where only root's PATH looks.
    private static readonly string[] Extra = ["/usr/sbin", "/usr/local/sbin"];

    /// <summary>True if a program of this name or path can be started.</summary>
    public static bool Exists(string command) => command.Contains('/', StringComparison.Ordinal)
        ? File.Exists(command)
        : Folders().Any(folder => File.Exists(Path.Combine(folder, command)));

    private static IEnumerable<string> Folders() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Concat(Extra);
}
