using System.Text;
using AkiDb.SearchEngine.Collections;
using AkiDb.SearchEngine.Filters;
using AkiDb.SearchEngine.Limits;
using AkiDb.SearchEngine.Store;
using AkiDb.SearchEngine.Texts;

namespace AkiDb.SearchEngine.Api;

/// <summary>Checks documents that a caller sends and gives each its vector.</summary>
internal sealed class DocumentReader(TextEncoder texts)
{
    /// <summary>The documents as they will be stored, and how many texts are longer than the model reads.</summary>
    /// <param name="documents">As sent.</param>
    /// <param name="collection">Where to.</param>
    /// <param name="nameOf">Names the document of a number in messages, as <c>documents[3]</c>.</param>
    /// <param name="cancellation">Stops embedding.</param>
    /// <exception cref="ProblemException">At least one is wrong; the message names the first.</exception>
    public async ValueTask<(List<DocumentWrite> Documents, int Truncated)> ReadAsync(
        IReadOnlyList<DocumentBody> documents, LiveCollection collection, Func<int, string> nameOf, CancellationToken cancellation)
    {
        for (var i = 0; i < documents.Count; i++)
        {
            if (FindProblem(documents[i], collection) is { } problem)
            {
                throw ProblemException.Invalid($"{nameOf(i)}: {problem}.");
            }
        }

        var truncated = 0;
        var vectors = new float[documents.Count][];
        var toEmbed = Enumerable.Range(0, documents.Count).Where(i => documents[i].Vector is null).ToList();
        if (toEmbed.Count > 0)
        {
            texts.RequireFor(collection.Settings);
            var embedded = await texts.EncodeAsync([.. toEmbed.Select(i => documents[i].Text!)], cancellation);
            truncated = embedded.Count(one => one.Truncated);
            for (var i = 0; i < toEmbed.Count; i++)
            {
                vectors[toEmbed[i]] = embedded[i].Vector.ToArray();
            }
        }

        return ([.. documents.Select((document, i) => new DocumentWrite(document.Id, document.Vector ?? vectors[i], document.Text,
            document.Metadata is { } metadata ? JsonText.Minify(metadata.GetRawText()) : null))], truncated);
    }

    /// <summary>What is wrong with an id; null when nothing is.</summary>
    public static string? FindIdProblem(string? id) =>
        string.IsNullOrEmpty(id) ? "id is empty"
        : Encoding.UTF8.GetByteCount(id) is > RequestLimits.MaximumIdBytes and var bytes ? $"id has {bytes:#,0} bytes; wanted at most {RequestLimits.MaximumIdBytes}"
        : id.Any(char.IsControl) ? "id has a control character"
        : SentPath.HasDotSegment(id) ? "id has a part between slashes that is '.' or '..', which no URL can name"
        : null;

    private static string? FindProblem(DocumentBody? document, LiveCollection collection)
    {
        if (document is null)
        {
            return "is null; wanted an object";
        }

        if (FindIdProblem(document.Id) is { } idProblem)
        {
            return idProblem;
        }

        if (document is { Vector: null, Text: null })
        {
            return "has neither 'vector' nor 'text'";
        }

        if (document.Text is { } text && TextEncoder.FindProblem(text) is { } textProblem)
        {
            return textProblem;
        }

        try
        {
            if (document.Metadata is { } metadata && MetadataReader.FindProblem(metadata) is { } metadataProblem)
            {
                return metadataProblem;
            }
        }
        catch (InvalidOperationException)
        {
            return "metadata has an escaped half of a surrogate pair";
        }

        return document.Vector is { } vector ? VectorProblem(vector, collection) : null;
    }

    /// <summary>What is wrong with a vector; null when nothing is.</summary>
    public static string? VectorProblem(float[] vector, LiveCollection collection)
    {
        try
        {
            collection.Index.Check(vector);
            return null;
        }
        catch (ArgumentException e)
        {
            // The index's own words, without the parameter's name that .NET puts behind them.
            return e.Message.Split(" (Parameter", 2)[0].TrimEnd('.');
        }
    }
}
