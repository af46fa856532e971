using System.Collections.Immutable;

namespace Pulumi.Serialization;

/// <summary>
/// A value read from the wire: secrets and unknowns anywhere in it are taken out and become marks of the whole.
/// </summary>
internal readonly record struct WireValue(object? Value, bool IsKnown, bool IsSecret)
{
    public static WireValue Read(object? wire)
    {
        var isSecret = false;
        while (wire is ImmutableDictionary<string, object?> secret && SignatureOf(secret) == WireFormat.SecretSignature)
        {
            isSecret = true;
            wire = secret.TryGetValue(WireFormat.SecretValueKey, out var inner)
                ? inner
                : throw new InvalidOperationException($"A secret on the wire has no '{WireFormat.SecretValueKey}'.");
        }

        var read = wire switch
        {
            WireFormat.Unknown => new WireValue(null, IsKnown: false, IsSecret: false),
            int number => new WireValue((double)number, IsKnown: true, IsSecret: false),
            ImmutableArray<object?> list => ReadList(list),
            ImmutableDictionary<string, object?> entries => ReadEntries(entries),
            _ => new WireValue(wire, IsKnown: true, IsSecret: false),
        };
        return read with { IsSecret = read.IsSecret || isSecret };
    }

    /// <summary>Whether an unknown is anywhere in the value.</summary>
    public static bool HasUnknown(object? wire) => wire switch
    {
        WireFormat.Unknown => true,
        ImmutableArray<object?> list => list.Any(HasUnknown),
        ImmutableDictionary<string, object?> entries => entries.Any(entry => HasUnknown(entry.Value)),
        _ => false,
    };

    private static string? SignatureOf(ImmutableDictionary<string, object?> entries)
        => entries.TryGetValue(WireFormat.SignatureKey, out var signature) ? signature as string : null;

    private static WireValue ReadList(ImmutableArray<object?> list)
    {
        var (isKnown, isSecret) = (true, false);
        var items = ImmutableArray.CreateBuilder<object?>(list.Length);
        foreach (var element in list)
        {
            var read = Read(element);
            items.Add(read.Value);
            isKnown &= read.IsKnown;
            isSecret |= read.IsSecret;
        }

        return new(items.MoveToImmutable(), isKnown, isSecret);
    }

    private static WireValue ReadEntries(ImmutableDictionary<string, object?> entries)
    {
        switch (SignatureOf(entries))
        {
            case WireFormat.AssetSignature:
                return new(ReadAsset(entries), IsKnown: true, IsSecret: false);
            case WireFormat.ArchiveSignature:
                return new(ReadArchive(entries), IsKnown: true, IsSecret: false);
            case WireFormat.ResourceSignature:
                return new(ReadResource(entries), IsKnown: true, IsSecret: false);
        }

        var (isKnown, isSecret) = (true, false);
        var result = ImmutableDictionary.CreateBuilder<string, object?>();
        foreach (var (key, value) in entries)
        {
            // Names that start so are the provider's own bookkeeping.
            if (!key.StartsWith("__", StringComparison.Ordinal))
            {
                var read = Read(value);
                result.Add(key, read.Value);
                isKnown &= read.IsKnown;
                isSecret |= read.IsSecret;
            }
        }

        return new(result.ToImmutable(), isKnown, isSecret);
    }

    private static Asset ReadAsset(ImmutableDictionary<string, object?> entries)
        => Text(entries, WireFormat.PathKey) is { } path ? new FileAsset(path)
            : Text(entries, WireFormat.UriKey) is { } uri ? new RemoteAsset(uri)
            : Text(entries, WireFormat.TextKey) is { } text ? new StringAsset(text)
            : throw new InvalidOperationException("An asset on the wire has neither a path, nor a URI, nor a text.");

    private static Archive ReadArchive(ImmutableDictionary<string, object?> entries)
    {
        if (Text(entries, WireFormat.PathKey) is { } path)
        {
            return new FileArchive(path);
        }

        if (Text(entries, WireFormat.UriKey) is { } uri)
        {
            return new RemoteArchive(uri);
        }

        var assets = entries.GetValueOrDefault(WireFormat.AssetsKey) as ImmutableDictionary<string, object?>
            ?? throw new InvalidOperationException("An archive on the wire has neither a path, nor a URI, nor assets.");
        return new AssetArchive(assets.ToImmutableDictionary(
            asset => asset.Key,
            asset => Read(asset.Value).Value as AssetOrArchive
                ?? throw new InvalidOperationException($"'{asset.Key}' in an archive on the wire is neither an asset nor an archive.")));
    }

    private static Resource ReadResource(ImmutableDictionary<string, object?> entries)
    {
        var urn = Text(entries, WireFormat.ReferenceUrnKey)
            ?? throw new InvalidOperationException("A resource reference on the wire has no URN.");
        return ResourceTypes.Construct(urn, Text(entries, WireFormat.ReferenceVersionKey)) ?? new DependencyResource(urn);
    }

    private static string? Text(ImmutableDictionary<string, object?> entries, string key)
        => entries.GetValueOrDefault(key) as string;
}
