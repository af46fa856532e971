namespace AkiDb.Forecasting.Intervals;

/// <summary>
/// The quantile to take so that a wanted share of bounds holds although traffic changes: adaptive conformal inference (Gibbs and
/// Candès 2021, "Adaptive Conformal Inference Under Distribution Shift", equation 2). With α the wanted share of misses, after
/// each verdict α′ ← α′ + γ·(α − missed), and the quantile is 1 − α′. Not thread-safe.
/// </summary>
public sealed class AdaptiveLevel
{
    /// <summary>
    /// γ for a verdict a minute: six hours to forget, for an error of the level decays as e^(−γ·minutes), and night, morning, day and
    /// evening each err in their own way. Over n verdicts the share that held is off by the level's change / (γ·n): 0.025 in a
    /// day in which the level had to rise from 0.9 to its end. Verdicts come 15 minutes late, which stays calm while γ·15 is far
    /// below 1/e (the overshoot of a delayed loop). A faster level would wander with every miss.
    /// </summary>
    public const double DefaultRate = 4.0 / Minutes.PerDay;

    private readonly double _rate;
    private readonly double _least;
    private readonly double _greatest;

    /// <summary>Starts at the wanted level.</summary>
    /// <param name="wanted">Share of the bounds that should hold, above 0 and below 1.</param>
    /// <param name="rate">γ, 0 to 1; 0 never adapts.</param>
    public AdaptiveLevel(double wanted, double rate = DefaultRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(wanted);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(wanted, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, 1);
        (Wanted, Current, _rate) = (wanted, wanted, rate);
        // Never across the median: nothing is missed in weeks without traffic, and the first busy minute after them still wants an
        // upper bound that is one.
        (_least, _greatest) = wanted >= 0.5 ? (0.5, 1.0) : (0.0, 0.5);
    }

    /// <summary>Share of the bounds that should hold.</summary>
    public double Wanted { get; }

    /// <summary>The quantile to take, on <see cref="Wanted"/>'s side of the median: 0.5 to 1, or 0 to 0.5.</summary>
    public double Current { get; private set; }

    /// <summary>Takes in whether a bound held.</summary>
    public void Add(bool isCovered) =>
        Current = Math.Clamp(Current + (_rate * (Wanted - (isCovered ? 1 : 0))), _least, _greatest);
}
