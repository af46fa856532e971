namespace AkiDb.Router.Configuration;

/// <summary>What a backend runs on.</summary>
public enum BackendKind
{
    /// <summary>Jetson boards at an edge site; the cost is their power.</summary>
    Jetson,

    /// <summary>Spot instances in a region; may announce draining two minutes before they go.</summary>
    Spot,

    /// <summary>Functions at the edge; capacity is the provider's.</summary>
    Lambda,

    /// <summary>On-demand instances in a region: what everything else is compared with.</summary>
    OnDemand,
}

/// <summary>The kinds as configurations and <c>/_router/state</c> name them.</summary>
internal static class BackendKinds
{
    public static readonly IReadOnlyDictionary<string, BackendKind> ByName = new Dictionary<string, BackendKind>(StringComparer.Ordinal)
    {
        ["jetson"] = BackendKind.Jetson,
        ["spot"] = BackendKind.Spot,
        ["lambda"] = BackendKind.Lambda,
        ["on-demand"] = BackendKind.OnDemand,
    };

    public static string NameOf(BackendKind kind) => ByName.Single(one => one.Value == kind).Key;
}
