namespace AkiDb.Predictor.Commands;

/// <summary>Makes sure that a result can be written before it is worked for.</summary>
internal static class OutputCheck
{
    /// <summary>Makes a folder where there is none, and tries to write a file in it.</summary>
    /// <param name="option">Name of the option, for the error.</param>
    /// <param name="path">The folder.</param>
    /// <exception cref="InvalidDataException">It cannot be written to.</exception>
    public static void Folder(string option, string path) => Try(option, path, "a folder that can be written to", () =>
    {
        Directory.CreateDirectory(path);
        using var probe = new FileStream(Path.Combine(path, $".akidb-{Guid.NewGuid():n}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
    });

    /// <summary>Tries to write a file, and leaves it as it was.</summary>
    /// <param name="option">Name of the option, for the error.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It cannot be written.</exception>
    public static void File(string option, string path) => Try(option, path, "a file that can be written, in a folder that exists", () =>
    {
        var isNew = !System.IO.File.Exists(path);
        using var probe = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, 1, isNew ? FileOptions.DeleteOnClose : FileOptions.None);
    });

    private static void Try(string option, string path, string wanted, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{option}: '{path}' cannot be written; wanted {wanted}. {e.Message}", e);
        }
    }
}
