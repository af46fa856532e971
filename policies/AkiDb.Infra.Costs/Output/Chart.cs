using System.Collections.Immutable;
using System.Net;
using System.Text;

namespace AkiDb.Infra.Costs.Output;

/// <summary>Small SVG charts.</summary>
internal static class Chart
{
    private const int Width = 480, LabelWidth = 150, AmountWidth = 85, Row = 24;

    /// <summary>Horizontal bars, one a row, with their dollars.</summary>
    /// <param name="bars">In the order to show.</param>
    /// <param name="target">A line to stay left of.</param>
    /// <param name="isJudged">Whether the colour of a bar says which side of the line it ends on.</param>
    public static string Bars(IEnumerable<(string Name, decimal Usd)> bars, decimal? target = null, bool isJudged = false)
    {
        var rows = bars.ToList();
        if (rows.Count == 0)
            return "";
        var most = Math.Max(rows.Max(row => row.Usd), target ?? 0);
        var scale = most > 0 ? (Width - LabelWidth - AmountWidth) / most : 0;
        var svg = Open(rows.Count * Row);
        foreach (var (row, index) in rows.Select((row, index) => (row, index)))
        {
            var y = index * Row;
            var colour = !isJudged ? "--bar" : row.Usd > target ? "--over" : "--good";
            svg.Append(FormattableString.Invariant($"<text x=\"{LabelWidth - 8}\" y=\"{y + 16}\" text-anchor=\"end\">{WebUtility.HtmlEncode(row.Name)}</text>"));
            svg.Append(FormattableString.Invariant($"<rect x=\"{LabelWidth}\" y=\"{y + 5}\" width=\"{Math.Max(1, row.Usd * scale):0.#}\" height=\"14\" rx=\"2\" fill=\"var({colour})\"/>"));
            // Beside the bar, or in a column of their own where a line would cross them.
            svg.Append(target is null
                ? FormattableString.Invariant($"<text x=\"{LabelWidth + Math.Max(1, row.Usd * scale) + 6:0.#}\" y=\"{y + 16}\">{MoneyText.Cents(row.Usd)}</text>")
                : FormattableString.Invariant($"<text x=\"{Width - 2}\" y=\"{y + 16}\" text-anchor=\"end\">{MoneyText.Cents(row.Usd)}</text>"));
        }

        if (target is { } line)
            svg.Append(FormattableString.Invariant($"<line x1=\"{LabelWidth + (line * scale):0.#}\" x2=\"{LabelWidth + (line * scale):0.#}\" y1=\"0\" y2=\"{rows.Count * Row}\" stroke=\"var(--ink)\" stroke-dasharray=\"3 3\"/>"));
        return svg.Append("</svg>").ToString();
    }

    /// <summary>Columns by hour of the day, with the greatest as the scale.</summary>
    public static string Columns(ImmutableArray<decimal> hours)
    {
        const int height = 150, floor = 130;
        if (hours.IsDefaultOrEmpty || hours.Max() == 0)
            return "";
        var (most, step) = (hours.Max(), (decimal)Width / hours.Length);
        var svg = Open(height);
        foreach (var (usd, hour) in hours.Select((usd, hour) => (usd, hour)))
        {
            var tall = usd / most * (floor - 20);
            svg.Append(FormattableString.Invariant($"<rect x=\"{(hour * step) + 2:0.#}\" y=\"{floor - tall:0.#}\" width=\"{step - 4:0.#}\" height=\"{tall:0.#}\" rx=\"2\" fill=\"var(--bar)\"><title>{hour}:00 {MoneyText.Cents(usd)}</title></rect>"));
            if (hour % 6 == 0)
                svg.Append(FormattableString.Invariant($"<text class=\"soft\" x=\"{(hour * step) + 2:0.#}\" y=\"{height - 4}\">{hour}:00</text>"));
        }

        svg.Append(FormattableString.Invariant($"<text class=\"soft\" x=\"2\" y=\"12\">most {MoneyText.Cents(most)}</text>"));
        return svg.Append("</svg>").ToString();
    }

    private static StringBuilder Open(int height) => new(FormattableString.Invariant($"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\">"));
}
