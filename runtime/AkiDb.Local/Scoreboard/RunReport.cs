using System.Text.Json;
using AkiDb.Contracts;
using AkiDb.Local.Traffic;

namespace AkiDb.Local.Scoreboard;

/// <summary>The figures of a run.</summary>
internal sealed record RunReport
{
    /// <summary>Speed of the day's clock.</summary>
    public required double Speed { get; init; }

    /// <summary>Seconds of the wall's clock from the beginning of the day to the end of the traffic.</summary>
    public required double Seconds { get; init; }

    /// <summary>Requests by what they asked for.</summary>
    public required IReadOnlyList<KindReport> Kinds { get; init; }

    /// <summary>Replicas as the autoscaler had them, and as a reactive one at the same target would have had them on the same traffic.</summary>
    public required IReadOnlyList<ScalingReport> Scaling { get; init; }

    /// <summary>Where requests went, cheapest backend first.</summary>
    public required IReadOnlyList<BackendShare> Backends { get; init; }

    /// <summary>Dollars spent.</summary>
    public required decimal SpentUsd { get; init; }

    /// <summary>Dollars that the same requests cost, spread evenly over the backends.</summary>
    public required decimal UniformUsd { get; init; }

    /// <summary>Adds up a run.</summary>
    public static RunReport Of(LocalSettings settings, Sampler sampler, ReplicaLedger replicas, DayTraffic traffic, ReplayClock clock, TimeSpan length)
    {
        var (spent, uniform) = sampler.Books.Money();
        return new RunReport
        {
            Speed = clock.Speed,
            Seconds = Math.Max(0, length.TotalSeconds),
            Kinds = KindReport.Of(sampler.Requests),
            Scaling = ScalingReport.Compare(settings, replicas.Minutes, traffic, clock.DayStart),
            Backends = sampler.Books.Shares(),
            SpentUsd = spent,
            UniformUsd = uniform,
        };
    }

    public string ToJson() => JsonSerializer.Serialize(this, LocalJson.Indented);
}
