namespace AkiDb.Local.Scoreboard;

/// <summary>Readers that were ready and readers that were paid for in each minute of the day. Thread-safe.</summary>
/// <param name="start">The first minute.</param>
internal sealed class ReplicaLedger(DateTimeOffset start)
{
    private readonly Lock _lock = new();
    private readonly List<(int Ready, int Paid)> _minutes = [];

    /// <summary>Takes in what is there at a moment: a minute has as many ready as it had at its worst, and pays for its most.</summary>
    public void Record(DateTimeOffset at, int ready, int paid)
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
                _minutes.Add(_minutes.Count == 0 ? (ready, paid) : _minutes[^1]);
            }

            if (_minutes.Count == minute)
            {
                _minutes.Add((ready, paid));
            }
            else
            {
                _minutes[minute] = (Math.Min(_minutes[minute].Ready, ready), Math.Max(_minutes[minute].Paid, paid));
            }
        }
    }

    /// <summary>Each minute since the start.</summary>
    public IReadOnlyList<(int Ready, int Paid)> Minutes
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
