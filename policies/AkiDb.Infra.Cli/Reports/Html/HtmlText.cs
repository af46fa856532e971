using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace AkiDb.Infra.Cli.Reports.Html;

/// <summary>Elements as HTML text. They are built as a tree, never as text, so every name and value of a plan is escaped.</summary>
internal static class HtmlText
{
    // The elements of ours that have no end tag in HTML (HTML Living Standard, "Void elements").
    private static readonly HashSet<string> Void = ["input", "br", "meta"];

    /// <summary>The text of <paramref name="element"/>.</summary>
    public static string Of(XElement element)
    {
        foreach (var part in element.DescendantsAndSelf())
        {
            Clean(part);
            // An HTML parser takes <div/> for a start tag; inside SVG it does not.
            if (part.IsEmpty && !Void.Contains(part.Name.LocalName) && !part.AncestorsAndSelf("svg").Any())
                part.Add("");
        }

        var text = new StringBuilder();
        var settings = new XmlWriterSettings { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None, ConformanceLevel = ConformanceLevel.Fragment };
        using (var writer = XmlWriter.Create(text, settings))
            element.WriteTo(writer);
        return text.ToString();
    }

    // Control characters and halves of surrogate pairs may stand in a plan; in markup they may not.
    private static void Clean(XElement element)
    {
        foreach (var attribute in element.Attributes().Where(attribute => !IsClean(attribute.Value)))
            attribute.Value = Cleaned(attribute.Value);
        foreach (var text in element.Nodes().OfType<XText>().Where(text => !IsClean(text.Value)))
            text.Value = Cleaned(text.Value);
    }

    private static bool IsClean(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (index + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[index + 1], text[index]))
                index++;
            else if (!XmlConvert.IsXmlChar(text[index]))
                return false;
        }

        return true;
    }

    private static string Cleaned(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\ufffd" : rune.ToString());
        return clean.ToString();
    }
}
