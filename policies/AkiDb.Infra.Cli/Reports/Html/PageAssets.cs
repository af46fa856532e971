using System.Security.Cryptography;
using System.Text;

namespace AkiDb.Infra.Cli.Reports.Html;

/// <summary>The style sheets, the script and the symbols of the pages; files in <c>Assets</c>, built into the program.</summary>
internal static class PageAssets
{
    /// <summary>The text of <c>Assets/NAME</c>.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream($"page.{name}")
            ?? throw new ArgumentException($"There is no page asset '{name}'.", nameof(name));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>How a content security policy names a text: only an element with exactly this text runs.</summary>
    public static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
}
