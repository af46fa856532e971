using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>A file, or a collection of files, that is uploaded with a resource.</summary>
public abstract class AssetOrArchive
{
    private protected AssetOrArchive(string signature, string kind, object content)
    {
        ArgumentNullException.ThrowIfNull(content);
        Signature = signature;
        Kind = kind;
        Content = content;
    }

    /// <summary>The signature that marks the value on the wire.</summary>
    internal string Signature { get; }

    /// <summary>The wire name of where the content comes from.</summary>
    internal string Kind { get; }

    internal object Content { get; }
}

/// <summary>One file.</summary>
public abstract class Asset : AssetOrArchive
{
    private protected Asset(string kind, string content) : base(WireFormat.AssetSignature, kind, content)
    {
    }
}

/// <summary>A file on this machine.</summary>
public sealed class FileAsset(string path) : Asset(WireFormat.PathKey, path);

/// <summary>Text that becomes a file.</summary>
public sealed class StringAsset(string text) : Asset(WireFormat.TextKey, text);

/// <summary>A file that the engine downloads.</summary>
public sealed class RemoteAsset(string uri) : Asset(WireFormat.UriKey, uri);

/// <summary>A collection of files.</summary>
public abstract class Archive : AssetOrArchive
{
    private protected Archive(string kind, object content) : base(WireFormat.ArchiveSignature, kind, content)
    {
    }
}

/// <summary>Assets and archives by their name in the archive.</summary>
public sealed class AssetArchive(IDictionary<string, AssetOrArchive> assets)
    : Archive(WireFormat.AssetsKey, assets.ToImmutableDictionary());

/// <summary>A folder or an archive file on this machine.</summary>
public sealed class FileArchive(string path) : Archive(WireFormat.PathKey, path);

/// <summary>An archive file that the engine downloads.</summary>
public sealed class RemoteArchive(string uri) : Archive(WireFormat.UriKey, uri);

/// <summary>Stands for an output that should have been an asset and was not; cannot be used as an input.</summary>
internal sealed class InvalidAsset() : Asset(WireFormat.TextKey, "");

/// <inheritdoc cref="InvalidAsset"/>
internal sealed class InvalidArchive() : Archive(WireFormat.AssetsKey, ImmutableDictionary<string, AssetOrArchive>.Empty);
