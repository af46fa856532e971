namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>How a kind of resource is drawn.</summary>
internal enum PictureShape
{
    /// <summary>A frame with others inside.</summary>
    Box,

    /// <summary>A card with a name and a detail; what it contains hangs on it as badges.</summary>
    Card,

    /// <summary>A small tag: there are many, and the name says it all.</summary>
    Chip,
}
