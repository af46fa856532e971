namespace AkiDb.Benchmarks.Router;

/// <summary>CPU time of a process and its children, from /proc.</summary>
internal static class ProcessorTime
{
    private const double MicrosecondsPerTick = 10_000;

    /// <summary>Microseconds of user and system time so far.</summary>
    public static double MicrosecondsOf(int process) =>
        Directory.EnumerateDirectories("/proc").Select(Read).Where(one => one.Id == process || one.Parent == process).Sum(one => one.Ticks) * MicrosecondsPerTick;

    private static (int Id, int Parent, long Ticks) Read(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder), out var id))
        {
            return default;
        }

        try
        {
            // Fields after the name, which is in parentheses and may hold spaces: state, parent, … user time, system time.
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (id, int.Parse(fields[1]), long.Parse(fields[11]) + long.Parse(fields[12]));
        }
        catch (IOException)
        {
            return default;
        }
    }
}
