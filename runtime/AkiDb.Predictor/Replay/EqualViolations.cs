namespace AkiDb.Predictor.Replay;

/// <summary>Replica-hours saved against the horizontal pod autoscaler at the setting that has as many minutes above target.</summary>
/// <param name="SavedShare">Share of the autoscaler's replica-hours that is saved; below 0 where more are paid.</param>
/// <param name="Low">5th percentile over days drawn anew.</param>
/// <param name="High">95th percentile over days drawn anew.</param>
/// <param name="IsAtLeast">No setting had as few minutes above target: the comparison is with the nearest, so more is saved than said.</param>
internal sealed record EqualViolations(double SavedShare, double Low, double High, bool IsAtLeast);
