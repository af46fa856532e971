using System.Globalization;
using AkiDb.Forecasting;
using AkiDb.Forecasting.Evaluation;

namespace AkiDb.Predictor.Forecasts;

/// <summary>Which forecaster serves, whether it is worth following, and why.</summary>
/// <param name="Forecaster">Its name; null while none was judged long enough, or the last value makes no error to beat.</param>
/// <param name="IsUseful">Whether it was better than repeating the last value; if not, scale by traffic alone.</param>
/// <param name="Why">The reason in a sentence.</param>
internal sealed record ForecasterChoice(string? Forecaster, bool IsUseful, string Why)
{
    /// <summary>Name of the reference that every skill is measured against.</summary>
    public const string Reference = "last-value";

    /// <summary>Before anything was judged.</summary>
    public static ForecasterChoice None { get; } = new(null, false, "No forecast was judged yet.");

    /// <summary>The daily choice: the forecaster with the least mean absolute error takes over if it is better by a margin.</summary>
    /// <param name="accuracies">Accuracy of each over the window.</param>
    /// <param name="serving">Who serves now.</param>
    /// <param name="settings">Margin and fewest forecasts.</param>
    public static ForecasterChoice Of(IReadOnlyList<ForecastAccuracy> accuracies, string? serving, EngineSettings settings)
    {
        var fewest = settings.FewestJudged * ForecastHorizon.Minutes;
        var judged = accuracies.Where(accuracy => accuracy.Forecaster != Reference && accuracy.Overall.Count >= fewest).ToList();
        if (judged.Count == 0)
        {
            return None;
        }

        var known = judged.Where(accuracy => double.IsFinite(accuracy.Overall.Skill)).OrderByDescending(accuracy => accuracy.Overall.Skill).ToList();
        if (known.Count == 0)
        {
            return new ForecasterChoice(null, false, accuracies.Any(accuracy => accuracy is { Forecaster: Reference, Overall.MeanAbsoluteError: 0 })
                ? "The last value makes no error that a forecaster could beat."
                : "The errors are too large to be compared.");
        }

        var (best, current) = (known[0], known.Find(accuracy => accuracy.Forecaster == serving));
        var chosen = current is null || best.Overall.Skill > current.Overall.Skill + settings.TakeoverMargin ? best : current;
        var others = string.Join(", ", known.Where(accuracy => accuracy != chosen).Select(Skill));
        var why = $"{Skill(chosen)} against the last value over the last forecasts{(others.Length > 0 ? $"; others: {others}" : "")}.";
        return chosen.Overall.Skill > 0
            ? new ForecasterChoice(chosen.Forecaster, true, why)
            : new ForecasterChoice(chosen.Forecaster, false, $"No forecaster beats the last value: {why}");
    }

    private static string Skill(ForecastAccuracy accuracy) =>
        string.Create(CultureInfo.InvariantCulture, $"{accuracy.Forecaster} has a skill of {accuracy.Overall.Skill:0.00}");
}
