namespace AkiDb.Router.Routing;

/// <summary>
/// Brings a backend that was slow back by a trickle. Once it was too slow it gets no requests, so its slow answers leave the
/// window and the estimate falls back to the expectation: a hope, not a measurement. Full traffic at once would miss budgets
/// by the hundred if the hope is wrong.
/// </summary>
internal sealed class AdmissionControl
{
    private const double SlowFactor = 1.5;
    private const double FirstShare = 0.01;
    private const double DoublingMs = 1_000;
    private const double FirstHoldMs = 10_000;
    private const double LongestHoldMs = 300_000;
    private const int SamplesThatSettle = 200;

    private bool _isSlow;
    private double _share = 1;
    private double _nextStepAt;
    private double _holdMs = FirstHoldMs;

    /// <summary>Share of the eligible requests to admit from now on, 0 to 1.</summary>
    public double Next(double p95Ms, double expectedMs, int samples, double nowMs)
    {
        if (p95Ms > expectedMs * SlowFactor)
        {
            if (!_isSlow)
            {
                // A relapse during the trickle waits longer each time; a first time after steady work starts over.
                _holdMs = _share < 1 ? Math.Min(_holdMs * 2, LongestHoldMs) : FirstHoldMs;
                _nextStepAt = nowMs + _holdMs;
                _isSlow = true;
            }

            // Those whose budget still fits are welcome: they are what is measured.
            return 1;
        }

        if (_isSlow)
        {
            // With enough fresh answers the estimate is a measurement, and there is nothing to try.
            _isSlow = false;
            _share = samples >= SamplesThatSettle ? 1 : 0;
        }

        if (_share < 1 && nowMs >= _nextStepAt)
        {
            _share = Math.Min(1, Math.Max(FirstShare, _share * 2));
            _nextStepAt = nowMs + DoublingMs;
        }

        return _share;
    }
}
