using System.Text.Json.Serialization;

namespace AkiDb.Predictor.Replay;

/// <summary>Replica-hours saved against the horizontal pod autoscaler at the setting that has as many minutes above target.</summary>
/// <param name="SavedShare">Share of the autoscaler's replica-hours that is saved; below 0 where more are paid.</param>
/// <param name="Low">5th percentile over days drawn anew.</param>
/// <param name="High">95th percentile over days drawn anew.</param>
/// <param name="Place">Whether some setting has as few minutes above target, or as many.</param>
internal sealed record EqualViolations(double SavedShare, double Low, double High, CurvePlace Place);

/// <summary>Where a policy lies along the reactive curve.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CurvePlace>))]
internal enum CurvePlace
{
    /// <summary>Between two of its settings.</summary>
    Within,

    /// <summary>No setting has as few minutes above target; compared with the nearest, so at least as much is saved.</summary>
    Fewer,

    /// <summary>Every setting has fewer minutes above target; compared with the nearest, so at most as much is saved.</summary>
    More,
}
