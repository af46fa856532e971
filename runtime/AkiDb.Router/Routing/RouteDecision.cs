using AkiDb.Router.Model;

namespace AkiDb.Router.Routing;

/// <summary>What the policy decided for one request.</summary>
/// <param name="Backend">Chosen backend; null when overloaded.</param>
/// <param name="Reason">Why.</param>
public readonly record struct RouteDecision(BackendModel? Backend, RouteReason Reason);

/// <summary>What the policy thought of one backend, for the explanation.</summary>
public enum Verdict
{
    NotConsidered,
    Chosen,
    Excluded,
    NotReady,
    TooSlow,
    TooLoaded,
    OnTrial,
}
