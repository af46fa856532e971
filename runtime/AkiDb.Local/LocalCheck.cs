using AkiDb.Local.Processes;

namespace AkiDb.Local;

/// <summary>Finds what would stop a run before it starts anything.</summary>
internal static class LocalCheck
{
    private static readonly string[] Servers = ["redis-server", "prometheus"];

    /// <summary>Makes sure that a run can be started.</summary>
    /// <exception cref="LocalException">It cannot; the message has every reason.</exception>
    public static void Check(LocalSettings settings)
    {
        var missing = Servers.Where(server => !Executables.Exists(server)).ToList();
        List<string> problems =
        [
            .. settings.FindProblems(),
            .. missing.Count == 0 ? Enumerable.Empty<string>() : [$"{string.Join(" and ", missing)} {(missing.Count == 1 ? "is" : "are")} missing. Install: eng/install-test-servers.sh"],
        ];
        // Who asks for a record of this run gets no other's.
        if (settings.RecordFolder is { Length: > 0 } record && (File.Exists(record) || (Directory.Exists(record) && Directory.EnumerateFileSystemEntries(record).Any())))
        {
            problems.Add($"--record: '{record}' is not empty; wanted a new or an empty folder, so that nothing is overwritten.");
        }

        if (problems.Count > 0)
        {
            throw new LocalException(problems.Count == 1 ? problems[0]
                : $"{problems.Count} things are wrong:{string.Concat(problems.Select(problem => $"{Environment.NewLine}  {problem}"))}");
        }
    }

    /// <summary>Makes sure that the page's port is free. Asked last: another run, which has it, is better told as such.</summary>
    /// <exception cref="LocalException">It is not.</exception>
    public static void RequirePort(int port)
    {
        if (!LoopbackPort.IsFree(port))
        {
            throw new LocalException($"Port {port}, wanted for the page, is taken by another program. End it, or choose another with --port.");
        }
    }
}
