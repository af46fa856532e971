namespace AkiDb.Router.Routing;

/// <summary>Why a backend was chosen; the value of the label <c>reason</c>.</summary>
public enum RouteReason
{
    /// <summary>Cheapest that fits the budget and has room.</summary>
    Cheapest,

    /// <summary>Fits the budget; every backend that fits is above the load limit, so its reserve up to full capacity is used.</summary>
    Headroom,

    /// <summary>No backend fits the budget; this is the fastest with room.</summary>
    NoFit,

    /// <summary>No address anywhere is ready; an ejected one is tried rather than refusing without asking.</summary>
    LastResort,

    /// <summary>Every backend is at its full capacity: refused with 503.</summary>
    Overloaded,

    /// <summary>Nothing was decided: the request was malformed.</summary>
    Refused,
}

/// <summary>Names of <see cref="RouteReason"/> in headers, logs and metrics.</summary>
public static class RouteReasons
{
    private static readonly string[] Names = ["cheapest", "headroom", "no-fit", "last-resort", "overloaded", "refused"];

    public static string NameOf(this RouteReason reason) => Names[(int)reason];
}
