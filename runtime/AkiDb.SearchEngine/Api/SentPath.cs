using Microsoft.AspNetCore.Http.Features;

namespace AkiDb.SearchEngine.Api;

/// <summary>
/// A request's path as it was sent. The server resolves dot segments and decodes all but <c>%2F</c> before a route is chosen, so that
/// neither a slash inside an id nor a segment <c>..</c> can be told from the path that routing sees.
/// </summary>
internal static class SentPath
{
    // Slashes before the id in /api/v1/collections/{collection}/documents/{id}. Counted, not searched: a collection may be called "documents".
    private const int SlashesBeforeId = 6;

    /// <summary>The path, still encoded, without the query.</summary>
    public static string Of(HttpContext context)
    {
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2)[0];
        var authority = path.IndexOf("://", StringComparison.Ordinal);
        if (path.StartsWith('/') || authority < 0)
        {
            return path;
        }

        // The absolute form, http://host/path, which servers must take too.
        var start = path.IndexOf('/', authority + 3);
        return start < 0 ? "/" : path[start..];
    }

    /// <summary>Refuses a path with a segment that is <c>.</c> or <c>..</c>: resolved, it would name what stands above.</summary>
    /// <exception cref="ProblemException">It has one.</exception>
    public static void RefuseDotSegments(HttpContext context)
    {
        if (HasDotSegment(Uri.UnescapeDataString(Of(context))))
        {
            throw ProblemException.Invalid("The path has a segment that is '.' or '..'; no path here has one.");
        }
    }

    /// <summary>Whether a part between slashes is <c>.</c> or <c>..</c>.</summary>
    public static bool HasDotSegment(string text) => text.Contains('.', StringComparison.Ordinal) && text.Split('/').Any(segment => segment is "." or "..");

    /// <summary>The id at the end of a document's path, decoded once.</summary>
    /// <exception cref="ProblemException">The path was sent in a form that hides where the id begins.</exception>
    public static string DocumentId(HttpContext context)
    {
        var path = Of(context);
        var start = 0;
        for (var i = 0; i < SlashesBeforeId; i++)
        {
            start = path.IndexOf('/', start) + 1;
            if (start == 0)
            {
                throw ProblemException.Missing("The slashes before the id are encoded; send them as they are.");
            }
        }

        return Uri.UnescapeDataString(path[start..]);
    }
}
