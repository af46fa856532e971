using System.Xml.Linq;
using AkiDb.Infra.Cli.Reports.Picture;

namespace AkiDb.Infra.Cli.Reports.Html;

/// <summary>What the picture's colours and lines mean; only those that are in it.</summary>
internal static class PictureLegend
{
    public static XElement Of(ArchitecturePicture picture) => new(
        "ul",
        new XAttribute("class", "legend"),
        new XAttribute("aria-label", "Legend"),
        picture.Frames.SelectMany(frame => frame.AllNodes)
            .OrderBy(node => node.Group)
            .Select(node => GroupStyle.Of(node.Group))
            .DistinctBy(style => style.Css)
            .Select(style => Entry($"swatch {style.Css}", Title(style.Css))),
        picture.Frames.Any(frame => frame.Counts.Length > 0) ? Entry("swatch dashed", "counted only: no picture of its own") : null,
        picture.Flows.IsEmpty && !picture.IsPublic ? null : Entry("swatch line", "data flow"));

    private static string Title(string css) => css switch
    {
        "edge" => "edge and entry",
        "network" => "network",
        "cluster" => "cluster and add-ons",
        "capacity" => "node capacity",
        "workload" => "workloads",
        "function" => "functions",
        "storage" => "storage and data",
        "messaging" => "events and queues",
        _ => "logs and alarms",
    };

    private static XElement Entry(string css, string text) => new("li", new XElement("span", new XAttribute("class", css), new XAttribute("aria-hidden", "true")), text);
}
