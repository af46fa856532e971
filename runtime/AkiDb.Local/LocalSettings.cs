using AkiDb.Contracts;

namespace AkiDb.Local;

/// <summary>What <c>akidb local</c> was asked for.</summary>
internal sealed record LocalSettings
{
    /// <summary>Port of the page on the loopback interface.</summary>
    public int Port { get; init; } = 8700;

    // Process, model and copy of the collection: about four seconds on two busy cores.
    private static readonly TimeSpan ReaderStart = TimeSpan.FromSeconds(5);

    /// <summary>How many times as fast as the wall's clock the day runs; 144 makes a day of ten minutes. 1 to 720.</summary>
    public double Speed { get; init; } = 144;

    /// <summary>Seconds of the wall's clock to run, 10 to 86,400; null until told to stop.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>The same; only where <see cref="FindProblems"/> finds none.</summary>
    public TimeSpan? Duration => DurationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Requests a second at the busiest time of the day, above 0.</summary>
    public double PeakRequestsPerSecond { get; init; } = 60;

    /// <summary>Requests a second that one reader is planned to serve, as the autoscaler sees it, above 0. Far below what a reader
    /// can serve (350), so that few requests on two cores show many readers.</summary>
    public double RequestsPerSecondPerReader { get; init; } = 15;

    /// <summary>Fewest and most readers.</summary>
    public (int Min, int Max) Readers { get; init; } = (2, 6);

    /// <summary>The day's clock at the start, UTC.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 3, 3, 6, 0, 0, TimeSpan.Zero);

    /// <summary>The rule that the autoscaler applies, and by which the report judges it.</summary>
    public ReplicaRule Rule => ReplicaRule.Default with
    {
        RequestsPerSecondPerReplica = RequestsPerSecondPerReader,
        MinReplicas = Readers.Min,
        MaxReplicas = Readers.Max,
    };

    /// <summary>Minutes of the day that a reader takes to start, rounded up: 1 to 14.</summary>
    public int LeadMinutes => (int)Math.Clamp(Math.Ceiling(ReaderStart.TotalMinutes * Speed), 1, 14);

    /// <summary>Folder of everything a run writes: stores, logs, configurations, and models, which the next run finds.</summary>
    public required string Folder { get; init; }

    /// <summary>Folder that gets samples, events and the report; null for none.</summary>
    public string? RecordFolder { get; init; }

    /// <summary>The <c>akidb</c> script that starts the services.</summary>
    public required string Launcher { get; init; }

    /// <summary>Every setting that is out of range, in a person's words; empty if all is well.</summary>
    public IEnumerable<string> FindProblems()
    {
        if (Port is < 1024 or > 65_535)
        {
            yield return $"--port is {Port}; wanted 1024 to 65535";
        }

        if (!(Speed is >= 1 and <= 720))
        {
            yield return $"--speed is {Speed}; wanted 1 to 720 (144 makes a day of ten minutes)";
        }

        if (!(PeakRequestsPerSecond is >= 1 and <= 1_000))
        {
            yield return $"--peak is {PeakRequestsPerSecond}; wanted 1 to 1,000 requests a second";
        }

        if (DurationSeconds is { } seconds && !(seconds is >= 10 and <= 86_400))
        {
            yield return $"--duration is {seconds} s; wanted 10 to 86,400 s";
        }

        if (RecordFolder is { } folder && string.IsNullOrWhiteSpace(folder))
        {
            yield return "--record is empty; wanted a folder";
        }
    }
}
