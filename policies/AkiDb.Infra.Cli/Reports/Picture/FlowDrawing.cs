using System.Text;
using System.Xml.Linq;

namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>Draws arrows as right-angled lines with rounded corners.</summary>
internal static class FlowDrawing
{
    private const double Radius = 7;

    /// <summary>An arrow along <paramref name="points"/>.</summary>
    public static XElement Arrow(string title, params IReadOnlyList<(double X, double Y)> points) => new(
        "path",
        new XAttribute("d", Path(points)),
        new XAttribute("class", "flow"),
        new XAttribute("marker-end", "url(#arrow)"),
        new XElement("title", title));

    private static string Path(IReadOnlyList<(double X, double Y)> points)
    {
        var path = new StringBuilder($"M{At(points[0])}");
        for (var index = 1; index < points.Count - 1; index++)
        {
            var corner = points[index];
            path.Append($"L{At(Towards(corner, points[index - 1]))}Q{At(corner)} {At(Towards(corner, points[index + 1]))}");
        }

        return path.Append($"L{At(points[^1])}").ToString();
    }

    // The point where the corner's curve begins: no farther than half of the line, so that two curves never cross.
    private static (double X, double Y) Towards((double X, double Y) corner, (double X, double Y) other)
    {
        var (dx, dy) = (other.X - corner.X, other.Y - corner.Y);
        var length = Math.Sqrt((dx * dx) + (dy * dy));
        if (length < 0.01)
            return corner;
        var share = Math.Min(Radius, length / 2) / length;
        return (corner.X + (dx * share), corner.Y + (dy * share));
    }

    private static string At((double X, double Y) point) => $"{Svg.Number(point.X)} {Svg.Number(point.Y)}";
}
