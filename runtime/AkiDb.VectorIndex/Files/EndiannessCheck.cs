namespace AkiDb.VectorIndex.Files;

/// <summary>Index files are little-endian and mapped as they are.</summary>
internal static class EndiannessCheck
{
    /// <exception cref="PlatformNotSupportedException">The processor is big-endian.</exception>
    public static void ThrowIfBig()
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Index files are little-endian; this processor is big-endian.");
        }
    }
}
