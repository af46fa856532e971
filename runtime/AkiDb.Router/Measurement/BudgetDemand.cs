namespace AkiDb.Router.Measurement;

/// <summary>How many requests ask for which latency budget, per second, smoothed over a few seconds.</summary>
internal sealed class BudgetDemand
{
    private const int Longest = 1_023;
    private const double Smoothing = 0.4;

    private readonly int[] _counts = new int[Longest + 1];
    private readonly double[] _rps = new double[Longest + 1];
    private double _lastMs = double.NaN;

    /// <summary>Counts a request; budgets above 1,023 ms count as that.</summary>
    public void Add(int budgetMs) => Interlocked.Increment(ref _counts[Math.Clamp(budgetMs, 0, Longest)]);

    /// <summary>Folds the counts since the last call into the rates. Heartbeat only.</summary>
    public void Fold(double nowMs)
    {
        var seconds = (nowMs - _lastMs) / 1_000;
        _lastMs = nowMs;
        if (!(seconds > 0))
        {
            return;
        }

        for (var i = 0; i < _counts.Length; i++)
        {
            var rate = _counts[i] == 0 ? 0 : Interlocked.Exchange(ref _counts[i], 0) / seconds;
            _rps[i] = rate == 0 && _rps[i] < 0.01 ? 0 : _rps[i] + (Smoothing * (rate - _rps[i]));
        }
    }

    /// <summary>Rates by budget, those that are zero left out. Heartbeat only.</summary>
    public IEnumerable<(double BudgetMs, double Rps)> Rates()
    {
        for (var i = 0; i < _rps.Length; i++)
        {
            if (_rps[i] > 0)
            {
                yield return (i, _rps[i]);
            }
        }
    }
}
