namespace AkiDb.ObjectStorage;

/// <summary>An object whose versions are told apart.</summary>
/// <param name="Content">Its content; null where it still has the tag that the caller knows.</param>
/// <param name="Tag">Tag of this version: what S3 calls its ETag, quotes included; a SHA-256 in a folder.</param>
public sealed record TaggedObject(ReadOnlyMemory<byte>? Content, string Tag);
