namespace AkiDb.Forecasting.Serving;

/// <summary>Which forecaster a model serves by, and why.</summary>
public sealed record ModelChoice
{
    /// <summary>Name of the forecaster that serves: one of the candidates, or <c>blend</c>.</summary>
    public required string Serving { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Skill of the blend against the last value on the validation part.</summary>
    public required double BlendSkill { get; init; }

    /// <summary>Every forecaster that was there to choose from.</summary>
    public required IReadOnlyList<ChoiceCandidate> Candidates { get; init; }
}

/// <summary>A forecaster that was there to choose from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ValidationSkill">Skill against the last value on the validation part; null where the series is too short for what
/// the forecaster reads.</param>
/// <param name="BlendWeight">Its weight in the blend, 0 to 1.</param>
public sealed record ChoiceCandidate(string Name, double? ValidationSkill, double BlendWeight);
