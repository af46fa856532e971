using System.Globalization;

namespace AkiDb.Router.Replay;

/// <summary>One day of traffic in requests per second, minute by minute.</summary>
/// <param name="Name">Where it is from.</param>
/// <param name="Rps">1,440 rates.</param>
internal sealed record TrafficDay(string Name, IReadOnlyList<double> Rps)
{
    public const int Minutes = 1_440;

    public double PeakRps => Rps.Max();

    public double MeanRps => Rps.Average();

    /// <summary>The same shape with another peak.</summary>
    public TrafficDay ScaledTo(double peakRps) => this with { Rps = [.. Rps.Select(rps => rps * peakRps / PeakRps)] };

    /// <summary>The busiest whole day of a trace of <c>timestamp,value</c> lines, a minute each.</summary>
    /// <exception cref="IOException">The file cannot be read or is not such a trace.</exception>
    public static TrafficDay BusiestOf(string path)
    {
        var values = File.ReadLines(path).Skip(1).Select((line, i) => Value(path, line, i + 2)).ToList();
        if (values.Count < Minutes)
        {
            throw new InvalidDataException($"{path} has {values.Count} lines; a day needs {Minutes}, one a minute.");
        }

        var day = Enumerable.Range(0, values.Count / Minutes).MaxBy(i => values.Skip(i * Minutes).Take(Minutes).Sum());
        return new TrafficDay($"{Path.GetFileNameWithoutExtension(path)}, day {day + 1}", values.GetRange(day * Minutes, Minutes));
    }

    /// <summary>A made-up day: quiet at four in the morning, busiest in the afternoon, a second hump in the evening, noise on top.</summary>
    public static TrafficDay Synthetic(int seed)
    {
        var random = new Random(seed);
        return new TrafficDay("synthetic day", [.. Enumerable.Range(0, Minutes).Select(minute =>
        {
            var hour = minute / 60.0;
            var shape = 0.25 + (0.6 * Hump(hour, 15, 4)) + (0.35 * Hump(hour, 20.5, 1.5));
            return shape * (1 + (0.08 * (random.NextDouble() - 0.5)));
        })]);
    }

    private static double Hump(double hour, double centre, double width) => Math.Exp(-0.5 * Math.Pow((hour - centre) / width, 2));

    private static double Value(string path, string line, int number)
    {
        var comma = line.IndexOf(',', StringComparison.Ordinal);
        return comma > 0 && double.TryParse(line.AsSpan(comma + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0
            ? value
            : throw new InvalidDataException($"{path}:{number} is '{line}'; expected a time stamp, a comma and a number that is not negative.");
    }
}
