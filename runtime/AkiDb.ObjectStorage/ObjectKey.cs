namespace AkiDb.ObjectStorage;

/// <summary>
/// What a key may be: 1 to 900 UTF-8 bytes; segments of letters, digits, '-', '_', '.', separated by '/', none of them empty, "."
/// or "..". So a key is the same text as a path, in a URL and in a signature, and never leaves its folder.
/// </summary>
public static class ObjectKey
{
    /// <summary>Below S3's limit of 1,024 bytes, to leave room for the store's own prefix.</summary>
    public const int MaximumLength = 900;

    /// <exception cref="ArgumentException">The key is not one; the message says why.</exception>
    public static void Check(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (key.Length > MaximumLength)
        {
            throw new ArgumentException($"An object's key has at most {MaximumLength} characters, not {key.Length}.", nameof(key));
        }

        if (!IsValid(key))
        {
            throw new ArgumentException(
                $"'{key}' is no object key: it must be segments of letters, digits, '-', '_' and '.', separated by '/'.", nameof(key));
        }
    }

    /// <summary>True for a key.</summary>
    public static bool IsValid(string key) => key.Length is > 0 and <= MaximumLength
        && key.Split('/').All(segment => segment is not ("" or "." or "..") && segment.All(IsAllowed));

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
