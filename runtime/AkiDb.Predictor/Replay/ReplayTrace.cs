using AkiDb.Contracts;
using AkiDb.Forecasting;

namespace AkiDb.Predictor.Replay;

/// <summary>Traffic to replay, one value a minute without gaps.</summary>
/// <param name="Name">Where it is from.</param>
/// <param name="Start">Start of the first minute, UTC.</param>
/// <param name="Qps">Queries a second in each minute.</param>
/// <param name="From">First minute that is judged; those before are known history.</param>
internal sealed record ReplayTrace(string Name, DateTimeOffset Start, double[] Qps, int From)
{
    /// <summary>Share of a trace that is judged: the part that no model was fitted to.</summary>
    public const double JudgedShare = 0.15;

    // Replicas that the busiest thousandth of the minutes exceeds: two below the specification's maximum (forecast-facts §5b).
    private const int BusyReplicas = 18;
    private const double BusyQuantile = 0.999;

    /// <summary>What the recorded values were multiplied by. Default: 1, as they were.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Whether the values were scaled to what AkiDB can serve. Default: false.</summary>
    public bool IsScaled { get; init; }

    /// <summary>Minutes that are judged.</summary>
    public int JudgedMinutes => Qps.Length - From;

    /// <summary>Start of a minute.</summary>
    public DateTimeOffset TimeOf(int minute) => Start.AddMinutes(minute);

    /// <summary>A trace of its own size as one of AkiDB's: scaled so that 99.9 % of its minutes need at most 18 replicas.</summary>
    /// <param name="name">Where it is from.</param>
    /// <param name="start">Start of the first minute.</param>
    /// <param name="values">Traffic a minute in any unit; NaN where it was not observed.</param>
    /// <param name="rule">What a replica serves.</param>
    /// <exception cref="InvalidDataException">It has no traffic, or less than a day of it.</exception>
    public static ReplayTrace Scaled(string name, DateTimeOffset start, ReadOnlySpan<double> values, ReplicaRule rule)
    {
        var asIs = AsIs(name, start, values);
        var busy = asIs.Qps.Order().ElementAt((int)(BusyQuantile * (asIs.Qps.Length - 1)));
        if (!(busy > 0))
        {
            throw new InvalidDataException($"{name} has hardly a minute with traffic; wanted a trace that can be scaled by its busiest minutes.");
        }

        var scale = BusyReplicas * rule.RequestsPerSecondPerReplica * rule.TargetUtilisation / busy;
        return asIs with { Qps = [.. asIs.Qps.Select(value => value * scale)], Scale = scale, IsScaled = true };
    }

    /// <summary>A trace of AkiDB itself: queries a second as they were.</summary>
    /// <inheritdoc cref="Scaled"/>
    public static ReplayTrace AsIs(string name, DateTimeOffset start, ReadOnlySpan<double> values)
    {
        var known = Filled(values);
        return known.Length >= Minutes.PerDay
            ? new ReplayTrace(name, start.AddMinutes(values.Length - known.Length), known, (int)(known.Length * (1 - JudgedShare)))
            : throw new InvalidDataException($"{name} has {known.Length} minutes of traffic; wanted at least {Minutes.PerDay}, a day.");
    }

    // A replay needs a load in every minute: where none was observed, the last one goes on.
    private static double[] Filled(ReadOnlySpan<double> values)
    {
        var filled = new double[values.Length];
        var last = double.NaN;
        for (var i = 0; i < values.Length; i++)
        {
            last = double.IsFinite(values[i]) && values[i] >= 0 ? values[i] : last;
            filled[i] = last;
        }

        return [.. filled.SkipWhile(double.IsNaN)];
    }
}
