using System.Collections.Immutable;
using System.Xml.Linq;

namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>Draws what stands in a frame or box, group under group, and tells how high it came out.</summary>
internal sealed class GroupDrawing(XElement svg, Dictionary<PictureNode, PictureArea> places)
{
    private const double Gap = 6;
    private const double GroupGap = 12;
    private const double HeadingHeight = 20;
    private const double BoxHeader = 34;
    private const double BoxPadding = 9;

    // More of one kind than anyone reads: the rest is a number, and stands in the list below the picture.
    private const int MostCards = 24;
    private const int MostChips = 12;

    private readonly CardDrawing _cards = new(places);

    /// <summary>Draws <paramref name="nodes"/> and <paramref name="counts"/> from (x, y) down.</summary>
    /// <returns>The height.</returns>
    public double Draw(IEnumerable<PictureNode> nodes, ImmutableArray<PictureCount> counts, double x, double y, double width)
    {
        var top = y;
        foreach (var group in nodes.GroupBy(node => node.Group).OrderBy(group => group.Key))
        {
            if (y > top)
                y += GroupGap;
            y += DrawGroup(group.Key, [.. group], x, y, width);
        }

        if (counts.Length > 0)
        {
            if (y > top)
                y += GroupGap;
            y += Heading("Supporting resources", x, y);
            y += Flow(counts, count => CardDrawing.ChipWidth(CardDrawing.CountText(count), hasIcon: false), CardDrawing.Count, x, y, width);
        }

        return y - top;
    }

    private double DrawGroup(PictureGroup group, ImmutableArray<PictureNode> nodes, double x, double y, double width)
    {
        var top = y;
        foreach (var box in nodes.Where(node => node.Kind.Shape == PictureShape.Box))
        {
            if (y > top)
                y += GroupGap;
            y += Box(box, x, y, width);
        }

        var cards = nodes.Where(node => node.Kind.Shape == PictureShape.Card).OrderBy(node => node.Label, StringComparer.Ordinal).ToList();
        var chips = nodes.Where(node => node.Kind.Shape == PictureShape.Chip).ToList();
        var hidden = Math.Max(0, cards.Count - MostCards) + Math.Max(0, chips.Count - MostChips);
        // The edge's frame is headed already.
        if (cards.Count + chips.Count > 0 && group != PictureGroup.Edge)
            y += Heading(GroupStyle.Of(group).Title, x, y);
        if (cards.Count > 0)
            y += Grid([.. cards.Take(MostCards)], GroupStyle.Of(group).LeastWidth, x, y, width);
        if (cards.Count > 0 && chips.Count > 0)
            y += Gap;
        if (chips.Count > 0)
            y += Flow([.. chips.Take(MostChips)], node => CardDrawing.ChipWidth(CardDrawing.ChipText(node), hasIcon: false), _cards.Chip, x, y, width);
        if (hidden > 0)
            y += Gap + Flow([new PictureCount(null, "more", hidden)], count => CardDrawing.ChipWidth(CardDrawing.CountText(count), hasIcon: false), CardDrawing.Count, x, y + Gap, width);
        return y - top;
    }

    private double Heading(string title, double x, double y)
    {
        svg.Add(Svg.Text(title, x, y + 12, "heading"));
        return HeadingHeight;
    }

    private double Box(PictureNode node, double x, double y, double width)
    {
        var place = svg.Nodes().Count();
        var height = BoxHeader + Draw(node.Children, [], x + BoxPadding, y + BoxHeader, width - (2 * BoxPadding));
        height += node.Children.Count > 0 ? BoxPadding : 0;
        var area = new PictureArea(x, y, width, height);
        places[node] = area;
        // "VPC … 10.16.0.0/16", but "EKS 1.35 … its name".
        var (title, detail) = node.Kind.LabelPaths.IsEmpty ? (node.Kind.Title, node.Detail) : ($"{node.Kind.Title} {node.Detail}", node.Label);
        var titleEnd = x + BoxPadding + 24 + TextWidth.Of(title, CardDrawing.LabelSize, isBold: true) + 10;
        var header = Svg.Link(
            node.Id,
            node.Spoken,
            $"box {GroupStyle.Of(node.Group).Css}",
            Svg.Rect(area, 9, "face"),
            Svg.Icon(node.Kind.Icon, x + BoxPadding, y + 9, 16),
            Svg.Text(title, x + BoxPadding + 24, y + 21.5, "label"),
            Svg.Text(TextWidth.Fit(detail, CardDrawing.DetailSize, area.Right - BoxPadding - titleEnd), area.Right - BoxPadding, y + 21.5, "detail end"));
        // Behind what stands in it.
        Insert(place, header);
        return height;
    }

    private void Insert(int place, XElement element)
    {
        if (place == 0)
            svg.AddFirst(element);
        else
            svg.Nodes().ElementAt(place - 1).AddAfterSelf(element);
    }

    private double Grid(ImmutableArray<PictureNode> cards, double leastWidth, double x, double y, double width)
    {
        var top = y;
        // No more columns than cards of this size look good in, and none left over in the last row if it can be helped.
        var columns = Math.Clamp((int)((width + Gap) / (leastWidth + Gap)), 1, cards.Length);
        columns = (int)Math.Ceiling(cards.Length / Math.Ceiling(cards.Length / (double)columns));
        var cardWidth = (width - (Gap * (columns - 1))) / columns;
        foreach (var row in cards.Chunk(columns))
        {
            if (y > top)
                y += Gap;
            var height = row.Max(node => CardDrawing.CardHeight(node, cardWidth));
            for (var column = 0; column < row.Length; column++)
                DrawCard(row[column], new PictureArea(x + (column * (cardWidth + Gap)), y, cardWidth, height));
            y += height;
        }

        return y - top;
    }

    private void DrawCard(PictureNode node, PictureArea area)
    {
        svg.Add(_cards.Card(node, area));
        if (node.Children.Count > 0)
        {
            Flow([.. node.Children], child => CardDrawing.ChipWidth(CardDrawing.ChipText(child), hasIcon: false), _cards.Chip,
                area.X + 8, area.Bottom - CardDrawing.ChipHeight - 2, area.Width - 16, CardDrawing.ChipHeight - 4);
        }
    }

    // Chips side by side, wrapped like words.
    private double Flow<T>(
        ImmutableArray<T> items, Func<T, double> widthOf, Func<T, PictureArea, XElement> draw, double x, double y, double width, double height = CardDrawing.ChipHeight)
    {
        var (left, top) = (x, y);
        foreach (var item in items)
        {
            var own = Math.Min(width, widthOf(item));
            if (left > x && left + own > x + width)
                (left, y) = (x, y + height + Gap);
            svg.Add(draw(item, new PictureArea(left, y, own, height)));
            left += own + Gap;
        }

        return y + height - top;
    }
}
