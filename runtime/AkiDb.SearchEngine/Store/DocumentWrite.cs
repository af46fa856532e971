namespace AkiDb.SearchEngine.Store;

/// <summary>A document as it is written.</summary>
/// <param name="Id">The caller's id, 1 to 512 bytes of UTF-8.</param>
/// <param name="Vector">Checked by the index: right dimension, finite.</param>
/// <param name="Text">The text it came from, or null.</param>
/// <param name="Metadata">A JSON object, or null.</param>
internal sealed record DocumentWrite(string Id, float[] Vector, string? Text, string? Metadata);

/// <summary>A document as the store has it.</summary>
/// <param name="Key">Its key in the index.</param>
/// <param name="Id">The caller's id.</param>
/// <param name="Sequence">Number of the change that made it so.</param>
/// <param name="Text">The text, or null.</param>
/// <param name="Metadata">A JSON object, or null.</param>
/// <param name="Vector">The vector; null where it was not asked for.</param>
internal sealed record StoredDocument(ulong Key, string Id, long Sequence, string? Text, string? Metadata, float[]? Vector);

/// <summary>A collection as the store has it.</summary>
/// <param name="Id">Its number, never given twice.</param>
/// <param name="Settings">What it is made of.</param>
/// <param name="NextKey">Key of the next new document.</param>
/// <param name="Sequence">Number of the change that made it.</param>
internal sealed record CollectionRecord(long Id, Collections.CollectionSettings Settings, ulong NextKey, long Sequence);
