using System.Globalization;

namespace AkiDb.Infra.Components.Observability.Rules;

/// <summary>The few shapes of PromQL that several rules share.</summary>
public static class PromQl
{
    /// <summary>A sum by labels.</summary>
    public static string Sum(object expression, params string[] by) => $"sum by ({string.Join(", ", by)}) ({expression})";

    /// <summary>The largest by labels.</summary>
    public static string Max(object expression, params string[] by) => $"max by ({string.Join(", ", by)}) ({expression})";

    /// <summary>A quotient that has no value, instead of NaN or infinity, where nothing is to be divided by.</summary>
    public static string Share(string part, string whole) => $"{part} / ({whole} > 0)";

    /// <summary>A quantile of a histogram over <paramref name="window"/>, by labels.</summary>
    public static string Quantile(double quantile, Series histogram, string window, params string[] by) =>
        $"histogram_quantile({Number(quantile)}, {Sum((histogram with { Metric = $"{histogram.Metric}_bucket" }).Rate(window), [.. by, "le"])})";

    /// <summary>A duration as Prometheus and Alertmanager write it: <c>30s</c>, <c>5m</c>, <c>3d</c>, <c>1ms</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a whole number of milliseconds above 0.</exception>
    public static string Duration(TimeSpan duration)
    {
        if (duration <= TimeSpan.Zero || duration.Ticks % TimeSpan.TicksPerMillisecond != 0)
            throw new ArgumentOutOfRangeException(nameof(duration), duration, "Allowed: whole milliseconds above 0.");
        (long Unit, string Name)[] units =
        [
            (TimeSpan.TicksPerDay, "d"), (TimeSpan.TicksPerHour, "h"), (TimeSpan.TicksPerMinute, "m"), (TimeSpan.TicksPerSecond, "s"), (TimeSpan.TicksPerMillisecond, "ms"),
        ];
        var (unit, name) = units.First(unit => duration.Ticks % unit.Unit == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / unit}{name}");
    }

    /// <summary>A number as PromQL writes it.</summary>
    public static string Number(double number) => number.ToString("0.################", CultureInfo.InvariantCulture);
}
