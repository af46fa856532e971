namespace AkiDb.Infra.Cli.Reports;

/// <summary>Files that the user asked for. What cannot be written is a fault of the path that was given.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file and says so on standard error: standard output may be JSON.</summary>
    /// <param name="option">Option that named it, for the message.</param>
    /// <param name="path">Where.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="BadInputException">It cannot be written; the message says why.</exception>
    public static void Write(string option, string path, Action<Stream> write)
    {
        Try(option, path, () =>
        {
            using var stream = File.Create(path);
            write(stream);
        });
        Console.Error.WriteLine($"wrote {path}");
    }

    /// <summary>Writes a text as UTF-8, as <see cref="Write(string, string, Action{Stream})"/> does.</summary>
    /// <exception cref="BadInputException">It cannot be written; the message says why.</exception>
    public static void Write(string option, string path, string text) => Write(option, path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes a file of many below a folder, which is made where it is missing; says nothing.</summary>
    /// <exception cref="BadInputException">It cannot be written; the message says why.</exception>
    public static void WriteBelow(string option, DirectoryInfo folder, string path, Action<Stream> write) => Try(option, folder.ToString(), () =>
    {
        var file = Path.Combine(folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var stream = File.Create(file);
        write(stream);
    });

    /// <summary>Sees before long work that a file can be written; a file that is there keeps its content.</summary>
    /// <exception cref="BadInputException">It cannot.</exception>
    public static void Check(string option, FileInfo file) => Try(option, file.ToString(), () =>
    {
        var isNew = !File.Exists(file.FullName);
        using (new FileStream(file.FullName, FileMode.OpenOrCreate, FileAccess.Write))
        {
        }

        if (isNew)
            File.Delete(file.FullName);
    });

    /// <summary>Makes a folder before long work and sees that files can be written into it.</summary>
    /// <exception cref="BadInputException">They cannot.</exception>
    public static void Check(string option, DirectoryInfo folder) => Try(option, folder.ToString(), () =>
    {
        Directory.CreateDirectory(folder.FullName);
        using (new FileStream(Path.Combine(folder.FullName, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
        {
        }
    });

    private static void Try(string option, string path, Action act)
    {
        try
        {
            act();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{option} {path}: {problem.Message}");
        }
    }
}
