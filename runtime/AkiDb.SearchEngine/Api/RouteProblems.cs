using AkiDb.SearchEngine.Limits;
using AkiDb.SearchEngine.Security;
using Microsoft.AspNetCore.Http.Metadata;

namespace AkiDb.SearchEngine.Api;

/// <summary>Which problems a route can answer with: they follow from its rule, so that none has to be written down route by route.</summary>
internal static class RouteProblems
{
    public const string MediaType = "application/problem+json";

    /// <summary>Puts them on an endpoint that has its rule and its body.</summary>
    public static void Add(EndpointBuilder endpoint)
    {
        var rule = endpoint.Metadata.OfType<RouteRule>().Last();
        foreach (var status in Of(rule, endpoint.Metadata.OfType<IAcceptsMetadata>().Any()))
        {
            endpoint.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), [MediaType]));
        }
    }

    /// <summary>What a status means here.</summary>
    public static string Meaning(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request cannot be read, or asks for what is out of range.",
        StatusCodes.Status401Unauthorized => "There is no valid API key.",
        StatusCodes.Status403Forbidden => "The key does not have the scope.",
        StatusCodes.Status404NotFound => "There is no such collection or document, or this process has none at all.",
        StatusCodes.Status409Conflict => "The request does not fit the collection or the loaded model.",
        StatusCodes.Status413PayloadTooLarge => "The body is too large.",
        StatusCodes.Status415UnsupportedMediaType => "The body is of another media type.",
        StatusCodes.Status429TooManyRequests => "Too many requests wait already.",
        StatusCodes.Status503ServiceUnavailable => "Not ready, too old for what was asked, or stopping.",
        StatusCodes.Status504GatewayTimeout => "It took too long.",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No route is declared with it."),
    };

    private static IEnumerable<int> Of(RouteRule rule, bool hasBody)
    {
        var isQueued = rule.Kind != RequestKind.Free;
        (int Status, bool Occurs)[] all =
        [
            (StatusCodes.Status400BadRequest, isQueued),
            (StatusCodes.Status401Unauthorized, rule.Scope != KeyScopes.None),
            (StatusCodes.Status403Forbidden, rule.Scope != KeyScopes.None),
            (StatusCodes.Status404NotFound, rule.NeedsStore),
            (StatusCodes.Status413PayloadTooLarge, hasBody && !rule.IsStream),
            (StatusCodes.Status415UnsupportedMediaType, hasBody),
            (StatusCodes.Status429TooManyRequests, isQueued),
            (StatusCodes.Status503ServiceUnavailable, rule.NeedsStore),
            // An export may take as long as its reader wants.
            (StatusCodes.Status504GatewayTimeout, isQueued && (rule.IsWrite || !rule.IsStream)),
        ];
        return all.Where(one => one.Occurs).Select(one => one.Status);
    }
}
