namespace AkiDb.Infra.Cli.Reports.Html;

/// <summary>Writes a page where the user wants it.</summary>
internal static class PageFile
{
    /// <exception cref="BadInputException">The file cannot be written; the message says why.</exception>
    public static async Task WriteAsync(FileInfo file, HtmlPage page, CancellationToken cancel)
    {
        try
        {
            await File.WriteAllBytesAsync(file.FullName, page.ToBytes(), cancel);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--html {file}: {problem.Message}");
        }
    }
}
