using System.Text;
using System.Xml.Linq;

namespace AkiDb.Infra.Cli.Reports.Html;

/// <summary>One self-contained page. A content security policy forbids every request and every script but its own.</summary>
/// <param name="Title">What the browser's tab says.</param>
/// <param name="Styles">Style sheets in <c>Assets</c>.</param>
/// <param name="Body">What is in it.</param>
internal sealed record HtmlPage(string Title, IReadOnlyList<string> Styles, IReadOnlyList<XElement> Body)
{
    /// <summary>Script in <c>Assets</c>; null for a page without.</summary>
    public string? Script { get; init; }

    /// <summary>Data for the script: JSON whose "&lt;" is escaped, as <see cref="System.Text.Json"/> does by default.</summary>
    public string? Data { get; init; }

    /// <summary>The page as UTF-8; equal pages are equal bytes.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    /// <inheritdoc/>
    public override string ToString()
    {
        var style = string.Concat(Styles.Select(PageAssets.Read));
        var script = Script is null ? null : PageAssets.Read(Script);
        var policy = $"default-src 'none'; style-src {PageAssets.Hash(style)}; script-src {(script is null ? "'none'" : PageAssets.Hash(script))}; base-uri 'none'; form-action 'none'";
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        // The hashes hold no character that an attribute would need escaped but the quotes of the policy itself.
        page.Append($"<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");
        page.Append(HtmlText.Of(new XElement("title", Title))).Append('\n');
        page.Append($"<style>{style}</style>\n</head>\n<body>\n");
        foreach (var element in Body)
            page.Append(HtmlText.Of(element)).Append('\n');
        if (Data is not null)
            page.Append($"<script type=\"application/json\" id=\"plan\">{Data}</script>\n");
        if (script is not null)
            page.Append($"<script>{script}</script>\n");
        return page.Append("</body>\n</html>\n").ToString();
    }
}
