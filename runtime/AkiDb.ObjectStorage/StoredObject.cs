namespace AkiDb.ObjectStorage;

/// <summary>One object of a listing.</summary>
/// <param name="Key">Name within the store.</param>
/// <param name="Length">Length in bytes.</param>
/// <param name="Modified">When it was written.</param>
public readonly record struct StoredObject(string Key, long Length, DateTimeOffset Modified);
