namespace AkiDb.Local.Scoreboard;

/// <summary>Readers that were ready, paid for and wanted in each minute of the day. Thread-safe.</summary>
/// <param name="start">The first minute.</param>
internal sealed class ReplicaLedger(DateTimeOffset start)
{
    private readonly Lock _lock = new();
    private readonly List<(int Ready, int Paid, int Wanted)> _minutes = [];

    /// <summary>Takes in what is there at a moment: a minute has as many ready as it had at its worst, pays for
    /// its most, and wants what was wanted last.</summary>
    public void Record(DateTimeOffset at, int ready, int paid, int wanted)
    {
        var minute = (int)Math.Floor((at - start).TotalMinutes);
        if (minute < 0)
        {
            return;
        }

        lock (_lock)
        {
            // A minute that nobody looked at was as the one before it.
            while (_minutes.Count < minute)
            {
                _minutes.Add(_minutes.Count == 0 ? (ready, paid, wanted) : _minutes[^1]);
            }

            if (_minutes.Count == minute)
            {
                _minutes.Add((ready, paid, wanted));
            }
            else
            {
                _minutes[minute] = (Math.Min(_minutes[minute].Ready, ready), Math.Max(_minutes[minute].Paid, paid), wanted);
            }
        }
    }

    /// <summary>Each minute since the start.</summary>
    public IReadOnlyList<(int Ready, int Paid, int Wanted)> Minutes
    {
        get
        {
            lock (_lock)
            {
                return [.. _minutes];
            }
        }
    }
}
