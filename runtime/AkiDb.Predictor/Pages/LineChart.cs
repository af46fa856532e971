using System.Globalization;
using System.Net;
using System.Text;
using AkiDb.Forecasting;

namespace AkiDb.Predictor.Pages;

/// <summary>An SVG chart of values over time. A value that is not a number is a gap.</summary>
/// <param name="title">What it shows, for those who cannot see it.</param>
/// <param name="start">Time of the first value, UTC.</param>
/// <param name="count">Values of the longest line.</param>
/// <param name="minutesPerValue">Minutes from one value to the next.</param>
internal sealed class LineChart(string title, DateTimeOffset start, int count, double minutesPerValue)
{
    private const int Width = 1000, Height = 280, Left = 56, Right = 12, Top = 12, Bottom = 26;
    private const int TimeLabels = 6;

    private readonly List<(string Css, double[] Low, double[]? High)> _shapes = [];
    private readonly List<int> _misses = [];

    /// <summary>Adds a line.</summary>
    public LineChart Line(string css, double[] values)
    {
        _shapes.Add((css, values, null));
        return this;
    }

    /// <summary>Adds the area between two lines.</summary>
    public LineChart Band(string css, double[] low, double[] high)
    {
        _shapes.Add((css, low, high));
        return this;
    }

    /// <summary>Marks values that are bad.</summary>
    public LineChart Misses(IEnumerable<int> indices)
    {
        _misses.AddRange(indices);
        return this;
    }

    /// <summary>The chart.</summary>
    public string Render()
    {
        var most = _shapes.SelectMany(shape => shape.High ?? shape.Low).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        var top = RoundUp(Math.Max(most, 1e-9));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)}\">");
        for (var part = 0; part <= 4; part++)
        {
            var y = Y(top * part / 4, top);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/><text x=\"{Left - 6}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{top * part / 4:#,0.##}</text>");
        }

        for (var label = 0; label < TimeLabels; label++)
        {
            var index = (int)((count - 1.0) * label / (TimeLabels - 1));
            var anchor = label == 0 ? "start" : label == TimeLabels - 1 ? "end" : "middle";
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(index):0.#}\" y=\"{Height - 8}\" text-anchor=\"{anchor}\">{start.AddMinutes(index * minutesPerValue).UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}</text>");
        }

        foreach (var (css, low, high) in _shapes)
        {
            svg.Append(high is null ? Lines(css, low, top) : Area(css, low, high, top));
        }

        foreach (var miss in _misses)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"miss\" x1=\"{X(miss):0.#}\" x2=\"{X(miss):0.#}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom - 10}\"/>");
        }

        return svg.Append("</svg>").ToString();
    }

    private string TimeFormat => count * minutesPerValue > Minutes.PerDay ? "d MMM HH:mm" : "HH:mm";

    private double X(int index) => Left + ((Width - Left - Right) * (count <= 1 ? 0 : index / (count - 1.0)));

    private static double Y(double value, double top) => Height - Bottom - ((Height - Top - Bottom) * value / top);

    private string Lines(string css, double[] values, double top)
    {
        var lines = new StringBuilder();
        var points = new StringBuilder();
        for (var i = 0; i <= values.Length; i++)
        {
            if (i < values.Length && double.IsFinite(values[i]))
            {
                points.Append(CultureInfo.InvariantCulture, $"{X(i):0.#},{Y(values[i], top):0.#} ");
            }
            else if (points.Length > 0)
            {
                lines.Append($"<polyline class=\"{css}\" points=\"{points.ToString().TrimEnd()}\"/>");
                points.Clear();
            }
        }

        return lines.ToString();
    }

    private string Area(string css, double[] low, double[] high, double top)
    {
        var known = Enumerable.Range(0, low.Length).Where(i => double.IsFinite(low[i]) && double.IsFinite(high[i])).ToList();
        var points = known.Select(i => Point(i, high[i])).Concat(known.AsEnumerable().Reverse().Select(i => Point(i, low[i])));
        return known.Count == 0 ? "" : $"<polygon class=\"{css}\" points=\"{string.Join(' ', points)}\"/>";

        string Point(int i, double value) => string.Create(CultureInfo.InvariantCulture, $"{X(i):0.#},{Y(value, top):0.#}");
    }

    // The next of 1, 2, 4, 5, 8, 10 times a power of ten: four grid lines with short labels.
    private static double RoundUp(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return new[] { 1, 2, 4, 5, 8, 10 }.Select(step => step * power).First(step => step >= value * 0.999999);
    }
}
