namespace AkiDb.Router.Routing;

/// <summary>
/// Decides which quantile of a backend's latency must fit a budget. The specification's 95th by its nature lets up to one in twenty
/// requests at the edge of a budget miss it; so it is tightened, as far as the 99.9th, while more requests miss than are allowed,
/// and let go again while fewer do. An integral controller: each miss tightens, each answer relaxes by the allowed share of that, and
/// in the long run exactly the allowed share misses, at the least cost.
/// </summary>
internal sealed class FitControl
{
    /// <summary>Quantile of a fully relaxed control (specification).</summary>
    public const double Relaxed = 0.95;

    /// <summary>Quantile of a fully tightened control.</summary>
    public const double Tight = 0.999;

    // Steered to below the limit, so that what happens before the control reacts stays within it.
    private const double SafetyFactor = 0.6;
    private const double MissWeight = 0.02;

    private int _answers;
    private int _misses;
    private double _tightness;

    /// <summary>Quantile that must fit from now on.</summary>
    public double Quantile => 1 - ((1 - Relaxed) * Math.Pow((1 - Tight) / (1 - Relaxed), _tightness));

    /// <summary>Counts a request that was sent to a backend said to fit.</summary>
    public void Count(bool hasMissed)
    {
        Interlocked.Increment(ref _answers);
        if (hasMissed)
        {
            Interlocked.Increment(ref _misses);
        }
    }

    /// <summary>Takes in what was counted since the last step. Heartbeat only.</summary>
    /// <param name="allowedShare">Share of the requests that may miss their budget; 1 leaves the control relaxed.</param>
    public void Step(double allowedShare)
    {
        var (answers, misses) = (Interlocked.Exchange(ref _answers, 0), Interlocked.Exchange(ref _misses, 0));
        _tightness = Math.Clamp(_tightness + (MissWeight * (misses - (allowedShare * SafetyFactor * answers))), 0, 1);
    }
}
