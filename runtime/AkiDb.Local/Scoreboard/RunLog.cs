using System.Text.Json;

namespace AkiDb.Local.Scoreboard;

/// <summary>Samples and events of the run, kept for the page and, if asked, in files of a line each. Thread-safe.</summary>
internal sealed class RunLog : IDisposable
{
    // Ten minutes at one a second are a whole day at the default speed.
    private const int SamplesKept = 900;
    private const int EventsKept = 200;

    private readonly Lock _lock = new();
    private readonly string? _folder;
    private readonly Action<string> _say;
    private readonly Queue<Sample> _samples = new();
    private readonly Queue<RunEvent> _events = new();
    private readonly StreamWriter? _sampleFile;
    private readonly StreamWriter? _eventFile;
    private TimeProvider? _day;

    /// <param name="recordFolder">Folder for <c>samples.ndjson</c> and <c>events.ndjson</c>; made if missing; null for none.</param>
    /// <param name="say">Told each event too.</param>
    public RunLog(string? recordFolder, Action<string> say)
    {
        (_folder, _say) = (recordFolder, say);
        if (recordFolder is not null)
        {
            Directory.CreateDirectory(recordFolder);
            _sampleFile = new StreamWriter(Path.Combine(recordFolder, "samples.ndjson")) { AutoFlush = true };
            _eventFile = new StreamWriter(Path.Combine(recordFolder, "events.ndjson")) { AutoFlush = true };
        }
    }

    public IReadOnlyList<Sample> Samples
    {
        get
        {
            lock (_lock)
            {
                return [.. _samples];
            }
        }
    }

    public IReadOnlyList<RunEvent> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>Events have the day's clock from now on.</summary>
    public void BeginDay(TimeProvider day)
    {
        lock (_lock)
        {
            _day = day;
        }
    }

    public void Add(Sample sample)
    {
        lock (_lock)
        {
            Keep(_samples, sample, SamplesKept);
            _sampleFile?.WriteLine(JsonSerializer.Serialize(sample, LocalJson.Options));
        }
    }

    /// <summary>Notes that something happened now.</summary>
    public void Note(string text)
    {
        lock (_lock)
        {
            var (now, day) = (TimeProvider.System.GetUtcNow(), _day?.GetUtcNow());
            var noted = new RunEvent(now, day?.ToUnixTimeMilliseconds() / 1000.0, text);
            Keep(_events, noted, EventsKept);
            _eventFile?.WriteLine(JsonSerializer.Serialize(noted, LocalJson.Options));
            _say($"{now:HH:mm:ss}  {(day is null ? "     " : $"{day:HH:mm}")}  {text}");
        }
    }

    /// <summary>Keeps the report with the rest.</summary>
    public void Keep(RunReport report)
    {
        if (_folder is not null)
        {
            File.WriteAllText(Path.Combine(_folder, "report.json"), report.ToJson());
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _sampleFile?.Dispose();
            _eventFile?.Dispose();
        }
    }

    private static void Keep<T>(Queue<T> queue, T item, int count)
    {
        queue.Enqueue(item);
        if (queue.Count > count)
        {
            queue.Dequeue();
        }
    }
}
