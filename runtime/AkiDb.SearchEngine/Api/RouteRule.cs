using AkiDb.SearchEngine.Limits;
using AkiDb.SearchEngine.Security;

namespace AkiDb.SearchEngine.Api;

/// <summary>What holds for a route; stands on its endpoint.</summary>
/// <param name="Name">Value of the label <c>route</c>.</param>
/// <param name="Scope">What a key must allow.</param>
/// <param name="Kind">Which queue its requests wait in.</param>
/// <param name="IsWrite">A reader passes it on to the writer.</param>
/// <param name="IsStream">Its body is read piece by piece and may be of any length.</param>
internal sealed record RouteRule(string Name, KeyScopes Scope, RequestKind Kind, bool IsWrite = false, bool IsStream = false)
{
    /// <summary>Name of the one route that waits in a queue and needs no store.</summary>
    public const string Embed = "embed";

    /// <summary>It answers from the store: not there yet, too old or without the collection, it refuses.</summary>
    public bool NeedsStore => Kind != RequestKind.Free && Name != Embed;

    /// <summary>For requests that no route fits.</summary>
    public static RouteRule None { get; } = new("none", KeyScopes.None, RequestKind.Free);
}
