using System.Collections.Immutable;
using Pulumi;

namespace AkiDb.Infra.Components.Storage;

/// <summary>Settings of an <see cref="ImageRegistry"/>.</summary>
public sealed class ImageRegistryArgs : ResourceArgs
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>Region that images are pushed to.</summary>
    public required string HomeRegion { get; init; }

    /// <summary>Regions that get copies. Default: none.</summary>
    public ImmutableArray<string> ReplicaRegions { get; init; } = [];

    /// <summary>Images, without the prefix.</summary>
    public required ImmutableArray<string> Images { get; init; }

    /// <summary>First part of every repository's name. Default: <c>akidb</c>.</summary>
    public string Prefix { get; init; } = "akidb";

    /// <summary>Images that are kept of each repository, 10 to 1000. Default: 50; the running ones must be among them.</summary>
    public int KeepImages { get; init; } = 50;

    /// <summary>Days until an image without a tag goes, 1 to 365. Default: 7.</summary>
    public int KeepUntaggedDays { get; init; } = 7;
}
