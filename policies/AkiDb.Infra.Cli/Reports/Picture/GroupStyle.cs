namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>How a group of resources is headed, coloured and arranged.</summary>
/// <param name="Title">Its heading, and its name in the legend.</param>
/// <param name="Css">Colour class in <c>picture.css</c>.</param>
/// <param name="LeastWidth">Narrowest card, in pixels: as many stand side by side as fit.</param>
internal sealed record GroupStyle(string Title, string Css, double LeastWidth)
{
    private const double Row = 230;
    private const double Cell = 78;

    public static GroupStyle Of(PictureGroup group) => group switch
    {
        PictureGroup.Edge => new("Edge", "edge", 200),
        PictureGroup.Entry => new("Entry", "edge", Row),
        PictureGroup.PublicSubnets => new("Public subnets", "network", Cell),
        PictureGroup.PrivateSubnets => new("Private subnets", "network", Cell),
        PictureGroup.Network => new("Network", "network", Row),
        PictureGroup.Cluster => new("Cluster", "cluster", Row),
        PictureGroup.AddOns => new("Add-ons", "cluster", Row),
        PictureGroup.Capacity => new("Capacity", "capacity", Row),
        PictureGroup.Workloads => new("Workloads", "workload", Row),
        PictureGroup.Functions => new("Functions", "function", Row),
        PictureGroup.Storage => new("Storage", "storage", Row),
        PictureGroup.Data => new("Data", "storage", Row),
        PictureGroup.Messaging => new("Events and queues", "messaging", Row),
        _ => new("Logs and alarms", "observability", Row),
    };
}
