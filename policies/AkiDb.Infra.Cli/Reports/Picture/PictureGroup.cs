namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>What part of an architecture a pictured resource belongs to, in the order in which they are drawn.</summary>
internal enum PictureGroup
{
    Edge,
    Entry,
    PublicSubnets,
    PrivateSubnets,
    Network,
    Cluster,
    AddOns,
    Capacity,
    Workloads,
    Functions,
    Storage,
    Data,
    Messaging,
    Observability,
}
