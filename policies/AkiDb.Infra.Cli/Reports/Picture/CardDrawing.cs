using System.Xml.Linq;

namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>Draws single resources: cards and chips.</summary>
/// <param name="places">Where each is noted, for the flows.</param>
internal sealed class CardDrawing(Dictionary<PictureNode, PictureArea> places)
{
    public const double ChipHeight = 24;
    public const double LabelSize = 12.5;
    public const double DetailSize = 11;
    private const double Padding = 9;
    private const double CellPadding = 6;
    private const double CellDetailSize = 10.5;
    private const double IconSize = 16;
    private const double RowHeight = 32;
    private const double TallHeight = 46;

    /// <summary>How wide a chip is that holds <paramref name="text"/>.</summary>
    public static double ChipWidth(string text, bool hasIcon) => TextWidth.Of(text, DetailSize) + (2 * Padding) + (hasIcon ? IconSize : 0);

    /// <summary>What stands on a chip: its kind's name too, where its own is only the program's.</summary>
    public static string ChipText(PictureNode node) => node.Kind.LabelPaths.IsEmpty ? node.Kind.Title : node.Label;

    /// <summary>How high a card of this width is.</summary>
    public static double CardHeight(PictureNode node, double width) =>
        (OnOneLine(node, width) ? RowHeight : TallHeight) + (node.Children.Count > 0 ? ChipHeight : 0);

    public XElement Card(PictureNode node, PictureArea area)
    {
        places[node] = area;
        var hasIcon = node.Kind.Icon.Length > 0;
        var padding = hasIcon ? Padding : CellPadding;
        var x = area.X + padding + (hasIcon ? IconSize + 7 : 0);
        var width = area.Right - padding - x;
        var oneLine = OnOneLine(node, area.Width);
        var card = Svg.Link(node.Id, node.Spoken, $"card {GroupStyle.Of(node.Group).Css}", Svg.Rect(area, 6, "face"));
        if (hasIcon)
            card.Add(Svg.Icon(node.Kind.Icon, area.X + Padding, area.Y + ((oneLine ? RowHeight : TallHeight) - IconSize) / 2, IconSize));
        if (oneLine)
        {
            card.Add(Svg.Text(node.Label, x, area.Y + 20.5, "label"));
            card.Add(Svg.Text(node.Detail, area.Right - Padding, area.Y + 20.5, "detail end"));
        }
        else
        {
            card.Add(Svg.Text(TextWidth.Fit(node.Label, LabelSize, width, isBold: true), x, area.Y + 20, "label"));
            card.Add(hasIcon
                ? Svg.Text(PictureDetail.Fit(node.Detail, DetailSize, width), x, area.Y + 36, "detail")
                : Svg.Text(CellDetail(node.Detail, width), x, area.Y + 36, "detail cell"));
        }

        return card;
    }

    public XElement Chip(PictureNode node, PictureArea area)
    {
        places[node] = area;
        return Svg.Link(
            node.Id,
            node.Spoken,
            $"chip {GroupStyle.Of(node.Group).Css}",
            Svg.Rect(area, area.Height / 2, "face"),
            Svg.Text(TextWidth.Fit(ChipText(node), DetailSize, area.Width - (2 * Padding)), area.MiddleX, area.Y + (area.Height / 2) + 4, "detail middle"));
    }

    public static XElement Count(PictureCount count, PictureArea area)
    {
        object[] content =
        [
            Svg.Rect(area, area.Height / 2, "face"),
            Svg.Text(TextWidth.Fit(CountText(count), DetailSize, area.Width - (2 * Padding)), area.MiddleX, area.Y + (area.Height / 2) + 4, "detail middle"),
        ];
        return count.Id is { } id
            ? Svg.Link(id, $"{count.Label}: {count.Count} without a picture", "chip count", content)
            : new XElement("g", new XAttribute("class", "chip count"), content);
    }

    public static string CountText(PictureCount count) => $"{count.Label} ×{count.Count}";

    // Of an address block that is too long for its cell, the size says more than the beginning.
    private static string CellDetail(string detail, double width) =>
        TextWidth.Of(detail, CellDetailSize) <= width ? detail : detail[Math.Max(0, detail.LastIndexOf('/'))..];

    // A subnet's card is a narrow cell: always two lines.
    private static bool OnOneLine(PictureNode node, double width) => node.Kind.Icon.Length > 0
        && TextWidth.Of(node.Label, LabelSize, isBold: true) + TextWidth.Of(node.Detail, DetailSize) + 16 <= width - (2 * Padding) - IconSize - 7;
}
