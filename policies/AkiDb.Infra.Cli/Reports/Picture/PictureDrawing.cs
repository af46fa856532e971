using System.Collections.Immutable;
using System.Xml.Linq;

namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>
/// Gives every frame a place and draws the picture: the internet, the edge, the regions side by side (or one under the other
/// where the page is narrow), what belongs to none. Flows run in the space between the frames.
/// </summary>
internal sealed class PictureDrawing
{
    private const double Padding = 11;
    private const double Header = 40;
    private const double Lane = 6;

    private readonly ArchitecturePicture _picture;
    private readonly Dictionary<PictureNode, PictureArea> _places = [];
    private readonly Dictionary<PictureFrame, FramePlace> _frames = [];
    private readonly XElement _shapes = new("g");
    private readonly XElement _flows = new("g", new XAttribute("class", "flows"));
    private readonly double _width;
    private readonly double _gutter;
    private readonly double _gap;
    private readonly bool _isOneColumn;

    private PictureDrawing(ArchitecturePicture picture, double width, int columns)
    {
        (_picture, _width, _isOneColumn) = (picture, width, columns == 1);
        var lanes = Math.Min(6, picture.Flows.Length);
        _gutter = lanes == 0 ? 20 : 22 + (lanes * Lane);
        _gap = lanes == 0 ? 22 : 26 + (lanes * Lane);
    }

    // Where a frame stands, and which gutters (from 0, left to right) and which gap below (from 0, top to bottom) it touches.
    private sealed record FramePlace(PictureArea Area, int Column, double BusY, bool IsFullWidth);

    private double Margin => _picture.Flows.IsEmpty ? 2 : _gutter - 12;

    // Where frames stand one under the other, flows run along the left only.
    private double RightMargin => _isOneColumn ? 2 : Margin;

    /// <summary>The picture at most <paramref name="columns"/> regions wide.</summary>
    /// <param name="picture">What to draw.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="columns">Regions side by side.</param>
    /// <param name="css">A class to show or hide it by.</param>
    public static XElement Draw(ArchitecturePicture picture, double width, int columns, string css) => new PictureDrawing(picture, width, columns).Draw(columns, css);

    private XElement Draw(int columns, string css)
    {
        var y = 2.0;
        var internet = _picture.IsPublic ? new PictureArea(((Margin + _width - RightMargin) / 2) - 55, y, 110, 30) : (PictureArea?)null;
        if (internet is { } pill)
            y = pill.Bottom + 30;
        foreach (var row in Rows(columns))
            y = DrawRow(row, row[0].Kind == PictureFrameKind.Region ? columns : 1, y) + _gap;
        if (internet is { } source)
            DrawInternet(source);
        for (var lane = 0; lane < _picture.Flows.Length; lane++)
            DrawFlow(_picture.Flows[lane], lane % 6);

        var height = Math.Max(60, y - _gap + 4 + (_picture.Flows.IsEmpty ? 0 : _gap));
        return new XElement(
            "svg",
            new XAttribute("viewBox", $"0 0 {Svg.Number(_width)} {Svg.Number(height)}"),
            new XAttribute("class", $"picture {css}"),
            new XAttribute("role", "group"),
            new XAttribute("aria-label", $"Architecture: {string.Join(", ", _picture.Frames.Select(frame => frame.Title))}"),
            _shapes,
            _flows);
    }

    private IEnumerable<PictureFrame[]> Rows(int columns) =>
        _picture.Frames.Where(frame => frame.Kind == PictureFrameKind.Edge).Chunk(1)
            .Concat(_picture.Frames.Where(frame => frame.Kind == PictureFrameKind.Region).Chunk(columns))
            .Concat(_picture.Frames.Where(frame => frame.Kind == PictureFrameKind.Global).Chunk(1));

    private double DrawRow(PictureFrame[] frames, int columns, double y)
    {
        var width = (_width - Margin - RightMargin - (_gutter * (columns - 1))) / columns;
        var drawn = new List<(PictureFrame Frame, XElement Group, PictureArea Area)>();
        for (var column = 0; column < frames.Length; column++)
        {
            var frame = frames[column];
            var group = new XElement("g");
            var x = Margin + (column * (width + _gutter));
            var height = Header + new GroupDrawing(group, _places).Draw(frame.Nodes, frame.Counts, x + Padding, y + Header, width - (2 * Padding)) + Padding;
            drawn.Add((frame, group, new PictureArea(x, y, width, height)));
        }

        var tallest = drawn.Max(entry => entry.Area.Height);
        foreach (var ((frame, group, area), column) in drawn.Select((entry, column) => (entry, column)))
        {
            var full = area with { Height = tallest };
            _frames[frame] = new FramePlace(full, column, full.Bottom, columns == 1);
            _shapes.Add(FrameFace(frame, full), group);
        }

        return y + tallest;
    }

    private static XElement FrameFace(PictureFrame frame, PictureArea area)
    {
        var count = frame.ResourceCount == 1 ? "1 resource" : $"{frame.ResourceCount} resources";
        return new XElement(
            "g",
            new XAttribute("class", $"frame {(frame.Kind == PictureFrameKind.Edge ? "edge" : "region")}"),
            new XAttribute("data-frame", frame.Title),
            Svg.Rect(area, 12, "face"),
            Svg.Text(frame.Title, area.X + Padding, area.Y + 26, "frame-title"),
            Svg.Text(RegionPlace.Of(frame.Title) is { } place ? $"{place} · {count}" : count, area.Right - Padding, area.Y + 26, "detail end"));
    }

    private void DrawInternet(PictureArea pill)
    {
        _shapes.Add(new XElement("g", new XAttribute("class", "internet"), Svg.Rect(pill, 15, "face"), Svg.Icon("globe", pill.X + 14, pill.Y + 7, 16), Svg.Text("Internet", pill.X + 38, pill.Y + 19.5, "label")));
        var targets = _frames.Where(entry => entry.Key.Kind == PictureFrameKind.Edge).ToList();
        if (targets.Count == 0)
            targets = [.. _frames.Where(entry => entry.Key.AllNodes.Any(node => node.Resource.Type == PictureCatalog.InternetGateway) && IsInFirstRow(entry.Value))];
        foreach (var (frame, place) in targets.OrderBy(entry => entry.Value.Area.X))
        {
            var bend = pill.Bottom + 13;
            _flows.Add(FlowDrawing.Arrow(
                $"Internet to {frame.Title}",
                Straight((pill.MiddleX, pill.Bottom), (pill.MiddleX, bend), (place.Area.MiddleX, bend), (place.Area.MiddleX, place.Area.Y - 2))));
        }
    }

    private bool IsInFirstRow(FramePlace place) => place.Area.Y <= _frames.Values.Min(other => other.Area.Y);

    private void DrawFlow(PictureFlow flow, int lane)
    {
        var (from, to) = (PlaceOf(flow.From), PlaceOf(flow.To));
        var title = $"{flow.From.Label} to {flow.To.Label}" + (flow.What.Length > 0 ? $": {flow.What}" : "");
        var (start, end) = (_places.GetValueOrDefault(flow.From), _places.GetValueOrDefault(flow.To));
        if (start == default || end == default)
            return;
        var offset = 10 + (lane * Lane);
        if (from.IsFullWidth && to.IsFullWidth)
        {
            _flows.Add(FlowDrawing.Arrow(title, AlongTheMargin(from, start, to, end, lane)));
        }
        else if (from.IsFullWidth || to.IsFullWidth)
        {
            var (upper, lower) = from.Area.Y < to.Area.Y ? (from, to) : (to, from);
            var bus = upper.BusY + offset;
            var (startX, endX) = (from.IsFullWidth ? start.MiddleX : from.Area.MiddleX + offset, to.IsFullWidth ? end.MiddleX : to.Area.MiddleX + offset);
            var down = from == upper;
            if (down && _frames.Values.Any(other => other.Area.Y > from.Area.Y && other.Area.Bottom < to.Area.Y))
            {
                // Other regions lie between: past them, beside the target's column.
                var (beside, above) = (to.Area.X - (_gutter - offset), to.Area.Y - 10);
                _flows.Add(FlowDrawing.Arrow(title, Straight((startX, upper.BusY), (startX, bus), (beside, bus), (beside, above), (endX, above), (endX, to.Area.Y - 2))));
                return;
            }

            _flows.Add(FlowDrawing.Arrow(title, Straight(
                (startX, down ? upper.BusY : lower.Area.Y), (startX, bus), (endX, bus), (endX, down ? lower.Area.Y - 2 : upper.BusY + 2))));
        }
        else
        {
            _flows.Add(FlowDrawing.Arrow(title, Between(from, start, to, end, offset)));
        }
    }

    // Along the left margin, where frames are as wide as the picture. A card that is not at the left is left from below its
    // frame and reached from above its frame, lest the line run through its neighbours.
    private static List<(double X, double Y)> AlongTheMargin(FramePlace from, PictureArea start, FramePlace to, PictureArea end, int lane)
    {
        var x = Math.Max(3, Math.Min(from.Area.X, to.Area.X) - 6 - (lane * Lane / 2));
        var points = new List<(double X, double Y)>();
        if (IsAtLeft(from, start))
            points.AddRange([(start.X, start.MiddleY), (x, start.MiddleY)]);
        else
            points.AddRange([(start.MiddleX, from.Area.Bottom), (start.MiddleX, from.Area.Bottom + 12 + lane), (x, from.Area.Bottom + 12 + lane)]);
        if (IsAtLeft(to, end))
            points.AddRange([(x, end.MiddleY), (end.X - 1, end.MiddleY)]);
        else
            points.AddRange([(x, to.Area.Y - 10), (end.MiddleX, to.Area.Y - 10), (end.MiddleX, to.Area.Y - 2)]);
        return Straight([.. points]);
    }

    private static bool IsAtLeft(FramePlace frame, PictureArea card) => card.X - frame.Area.X < 60;

    // Out of the side that faces the other region, along the gutters, under the row where a region lies between.
    private List<(double X, double Y)> Between(FramePlace from, PictureArea start, FramePlace to, PictureArea end, double offset)
    {
        var rightwards = to.Column > from.Column || (to.Column == from.Column && to.Area.Y != from.Area.Y);
        var leave = rightwards ? from.Area.Right + offset : from.Area.X - offset;
        var startX = rightwards ? start.Right : start.X;
        var intoLeft = to.Column > from.Column;
        var into = intoLeft ? to.Area.X - (_gutter - offset) : to.Area.Right + offset;
        var endX = intoLeft ? end.X - 1 : end.Right + 1;
        if (Math.Abs(to.Column - from.Column) == 1 && to.Area.Y == from.Area.Y)
            return Straight((startX, start.MiddleY), (leave, start.MiddleY), (leave, end.MiddleY), (endX, end.MiddleY));
        var bus = from.BusY + offset;
        return Straight((startX, start.MiddleY), (leave, start.MiddleY), (leave, bus), (into, bus), (into, end.MiddleY), (endX, end.MiddleY));
    }

    // Points that repeat, or lie on a straight line, would get corners of nothing.
    private static List<(double X, double Y)> Straight(params ReadOnlySpan<(double X, double Y)> points)
    {
        var kept = new List<(double X, double Y)>();
        foreach (var point in points)
        {
            if (kept.Count > 0 && Math.Abs(kept[^1].X - point.X) < 0.5 && Math.Abs(kept[^1].Y - point.Y) < 0.5)
                continue;
            if (kept.Count > 1 && (kept[^1].X == kept[^2].X && kept[^1].X == point.X || kept[^1].Y == kept[^2].Y && kept[^1].Y == point.Y))
                kept[^1] = point;
            else
                kept.Add(point);
        }

        return kept;
    }

    private FramePlace PlaceOf(PictureNode node) => _frames.First(entry => entry.Key.AllNodes.Contains(node)).Value;
}
