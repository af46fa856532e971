using System.Globalization;
using System.Xml.Linq;

namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>SVG elements. Text only ever goes in as text nodes and attributes, so nothing in a plan can become markup.</summary>
internal static class Svg
{
    public static XElement Rect(PictureArea area, double radius, string css) => new(
        "rect",
        new XAttribute("x", Number(area.X)),
        new XAttribute("y", Number(area.Y)),
        new XAttribute("width", Number(area.Width)),
        new XAttribute("height", Number(area.Height)),
        new XAttribute("rx", Number(radius)),
        new XAttribute("class", css));

    public static XElement Text(string text, double x, double y, string css) => new(
        "text", new XAttribute("x", Number(x)), new XAttribute("y", Number(y)), new XAttribute("class", css), text);

    public static XElement Icon(string icon, double x, double y, double size) => new(
        "use",
        new XAttribute("href", $"#icon-{icon}"),
        new XAttribute("x", Number(x)),
        new XAttribute("y", Number(y)),
        new XAttribute("width", Number(size)),
        new XAttribute("height", Number(size)),
        new XAttribute("class", "icon"));

    /// <summary>A link to a resource's place in the list, with everything that is drawn in it.</summary>
    public static XElement Link(int id, string spoken, string css, params object[] content) => new(
        "a",
        new XAttribute("href", $"#r{id}"),
        new XAttribute("data-r", id),
        new XAttribute("class", css),
        new XAttribute("aria-label", spoken),
        new XElement("title", spoken),
        content);

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
