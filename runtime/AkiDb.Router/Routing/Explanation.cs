using System.Globalization;
using System.Text;
using AkiDb.Router.Model;

namespace AkiDb.Router.Routing;

/// <summary>Puts a decision into words for the header <see cref="Contracts.RoutingHeaders.Decision"/>.</summary>
internal static class Explanation
{
    /// <summary>For example <c>backend=spot; reason=cheapest; budget=50; p95=14.5; load=0.41; not jetson: too slow (61.0 ms)</c>.</summary>
    public static string Of(RouterModel model, RouteDecision decision, double budgetMs, double nowMs, ReadOnlySpan<Verdict> verdicts)
    {
        var text = new StringBuilder();
        var culture = CultureInfo.InvariantCulture;
        var chosen = decision.Backend;
        text.Append(culture, $"backend={chosen?.Config.Name ?? "none"}; reason={decision.Reason.NameOf()}; budget={budgetMs:0}");
        if (chosen is not null)
        {
            text.Append(culture, $"; p95={chosen.State.P95Ms:0.0}; load={LoadOf(chosen, nowMs)}; cost_per_million_usd={chosen.Config.CostPerMillionUsd}");
        }

        foreach (var backend in model.ByCost)
        {
            if (WhyNot(backend, verdicts[backend.Index], nowMs) is { } reason)
            {
                text.Append(culture, $"; not {backend.Config.Name}: {reason}");
            }
        }

        return text.ToString();
    }

    private static string? WhyNot(BackendModel backend, Verdict verdict, double nowMs) => verdict switch
    {
        Verdict.Excluded => "it failed this request before",
        Verdict.NotReady => "no address is ready",
        Verdict.TooSlow => string.Create(CultureInfo.InvariantCulture, $"too slow ({backend.State.FitMs:0.0} ms)"),
        Verdict.TooLoaded => $"too loaded ({LoadOf(backend, nowMs)})",
        Verdict.OnTrial => "on trial after having been slow",
        _ => null,
    };

    private static string LoadOf(BackendModel backend, double nowMs)
    {
        var capacity = backend.State.Ready.CapacityRps;
        return double.IsPositiveInfinity(capacity) || capacity == 0
            ? "0"
            : (backend.State.LoadRps(nowMs) / capacity).ToString("0.00", CultureInfo.InvariantCulture);
    }
}
