using System.Globalization;

namespace AkiDb.Forecasting.Traffic;

/// <summary>
/// Reads traces: a line <c>timestamp,value</c> and then one line a minute in ascending order. A timestamp is ISO 8601, with a T or a space
/// between date and time; without an offset it is UTC. An empty value or NaN, and a minute without a line, are minutes that were not
/// observed. Further columns that the header has are ignored.
/// </summary>
public static class TrafficCsv
{
    // A longer hole is a wrong timestamp rather than an outage, and would fill the memory with NaN.
    private const int LongestGapMinutes = 31 * Minutes.PerDay;

    // ISO 8601, with a space allowed for the T; a time alone would be taken for one of today.
    private static readonly string[] Timestamps =
    [
        .. from separator in (string[])["' '", "'T'"]
           from clock in (string[])["HH:mm:ss", "HH:mm", "HH:mm:ss.FFFFFFF"]
           select $"yyyy-MM-dd{separator}{clock}K",
    ];

    /// <summary>Reads a file.</summary>
    /// <exception cref="TrafficFileException">Lines are wrong; all are named.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TrafficSeries Read(string path, TrafficUnit unit = TrafficUnit.PerSecond)
    {
        using var reader = new StreamReader(path);
        return Read(reader, path, unit);
    }

    /// <summary>Reads text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="unit">What the values count.</param>
    /// <exception cref="TrafficFileException">Lines are wrong; all are named.</exception>
    public static TrafficSeries Read(TextReader reader, string name, TrafficUnit unit = TrafficUnit.PerSecond)
    {
        var errors = new List<string>();
        var values = new List<double>();
        var start = default(DateTimeOffset);
        var header = reader.ReadLine();
        if (header is null || !header.StartsWith("timestamp,value", StringComparison.OrdinalIgnoreCase))
        {
            throw new TrafficFileException(name, [$"line 1: found '{header}'; wanted the header 'timestamp,value'."]);
        }

        var columns = header.Split(',').Length;
        var number = 1;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            if (!TryParse(line, columns, out var time, out var value, out var wanted))
            {
                errors.Add($"line {number}: found '{line}'; wanted {wanted}.");
                continue;
            }

            start = values.Count == 0 ? time : start;
            var minute = (time - start).TotalMinutes;
            if (minute < values.Count || minute - values.Count > LongestGapMinutes)
            {
                var last = start.AddMinutes(values.Count - 1);
                errors.Add($"line {number}: found {time:yyyy-MM-dd HH:mm}; wanted a minute after {last:yyyy-MM-dd HH:mm}, the last good line's, at most 31 days later.");
                continue;
            }

            while (values.Count < minute)
            {
                values.Add(double.NaN);
            }

            values.Add(unit == TrafficUnit.PerMinute ? value / 60 : value);
        }

        return errors.Count > 0 ? throw new TrafficFileException(name, errors) : Checked(name, start, values, number);
    }

    private static bool TryParse(string line, int columns, out DateTimeOffset time, out double value, out string wanted)
    {
        var cells = line.Split(',');
        value = double.NaN;
        wanted = $"{columns} cells, as the header has, and decimals with a point";
        if (cells.Length > columns)
        {
            time = default;
            return false;
        }

        wanted = "a timestamp such as 2026-11-22 05:56:00, on a whole minute";
        if (!DateTimeOffset.TryParseExact(cells[0].Trim(), Timestamps, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)
            || time.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            return false;
        }

        wanted = "a value: a finite number, 0 or more, or nothing where the minute was not observed";
        if (cells.Length < 2)
        {
            return false;
        }

        var text = cells[1].Trim();
        return text.Length == 0
            || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
                && value is (>= 0 and < double.PositiveInfinity) or double.NaN);
    }

    private static TrafficSeries Checked(string name, DateTimeOffset start, List<double> values, int lines)
    {
        if (values.Count == 0)
        {
            throw new TrafficFileException(name, ["line 2: found the end of the file; wanted one line a minute."]);
        }

        // Five-minute samples would read as a series that is four fifths gap, and every figure about it would be wrong.
        return lines - 1 < values.Count / 2
            ? throw new TrafficFileException(
                name, [$"found {lines - 1} lines for {values.Count} minutes; wanted a line for every minute, or for most of them."])
            : new TrafficSeries(start, values.ToArray());
    }
}
