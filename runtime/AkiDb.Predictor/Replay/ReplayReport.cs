using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using AkiDb.Forecasting;
using Humanizer;

namespace AkiDb.Predictor.Replay;

/// <summary>A comparison as a table for people and as JSON for tools.</summary>
internal static class ReplayReport
{
    private const double DaysPerMonth = 365.0 / 12;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // Figures of traffic that never moves or is beyond all bounds may be none.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Writes the table.</summary>
    public static void Write(TextWriter output, ReplayComparison comparison, ReplicaPrice? price)
    {
        var culture = CultureInfo.InvariantCulture;
        output.WriteLine(Title(comparison));
        output.WriteLine(Subtitle(comparison));
        foreach (var note in Notes(comparison))
        {
            output.WriteLine(note);
        }

        if (price is not null)
        {
            output.WriteLine(string.Create(culture, $"A replica-hour costs ${price.Usd:0.0000} ({price.Source})."));
        }

        output.WriteLine();
        output.WriteLine($"{"policy",-22}{"above target",13}{"saturated",11}{"overload",10}{"over oracle",13}{"changes",9}{"in time",9}{"10 min",8}{"daily cost",12}  {"saved at equal violations",-28}{(price is null ? "" : "$/month"),9}");
        foreach (var result in comparison.Results)
        {
            var score = result.Score;
            output.WriteLine(string.Create(culture,
                $"{score.Policy,-22}{score.MinutesAboveTarget,9} min{score.SaturatedMinutes,7} min{score.OverloadedShare,10:0.000 %}{score.OverOracle,13:+0.0 %;-0.0 %}{score.Changes,9}{score.Ramps.InTimeShare,9:0 %}{score.Ramps.TenMinutesShare,8:0 %}{score.DailyCost,12:0.0}  {Saved(result),-28}{(price is null ? "" : MonthlyUsd(comparison, score, price).ToString("0.00", culture)),9}"));
        }

        output.WriteLine();
    }

    /// <summary>What was replayed.</summary>
    public static string Title(ReplayComparison comparison) => comparison.Trace.Name;

    /// <summary>How much of it was judged, and what it needs at the least.</summary>
    public static string Subtitle(ReplayComparison comparison) => string.Create(CultureInfo.InvariantCulture,
        $"Judged: the last {TimeSpan.FromMinutes(comparison.Trace.JudgedMinutes).Humanize(2)}. The oracle needs {comparison.OracleHours:#,0} replica-hours; a replica is ready {TimeSpan.FromMinutes(comparison.ProvisioningMinutes).Humanize()} after its decision; {comparison.Rule.RequestsPerSecondPerReplica:0} queries/s a replica, target {comparison.Rule.TargetUtilisation:0 %}.");

    /// <summary>What else a reader should know, a sentence or more each.</summary>
    public static IEnumerable<string> Notes(ReplayComparison comparison) => new[] { comparison.CapacityNote, comparison.ForecastNote }.OfType<string>();

    /// <summary>Saving with its interval; nothing for the policies that are the curve themselves.</summary>
    public static string Saved(PolicyResult result) => result.AgainstReactive is { } saved
        ? string.Create(CultureInfo.InvariantCulture, $"{Qualified(saved.Place)}{saved.SavedShare:0.0 %} ({saved.Low:0.0 %} to {saved.High:0.0 %})")
        : "";

    private static string Qualified(CurvePlace place) => place switch
    {
        CurvePlace.Fewer => "at least ",
        CurvePlace.More => "at most ",
        _ => "",
    };

    /// <summary>Dollars that the policy would pay in a month of such days.</summary>
    public static decimal MonthlyUsd(ReplayComparison comparison, PolicyScore score, ReplicaPrice price) =>
        price.Usd * (decimal)(score.ReplicaHours / comparison.Trace.JudgedMinutes * Minutes.PerDay * DaysPerMonth);

    /// <summary>All traces as JSON: an array, an object a trace.</summary>
    public static string ToJson(IEnumerable<ReplayComparison> comparisons, ReplicaPrice? price) => JsonSerializer.Serialize(
        comparisons.Select(comparison => new
        {
            trace = comparison.Trace.Name,
            judgedMinutes = comparison.Trace.JudgedMinutes,
            comparison.ProvisioningMinutes,
            comparison.OracleHours,
            comparison.ForecastNote,
            usdPerReplicaHour = price?.Usd,
            policies = comparison.Results.Select(result => new
            {
                result.Score,
                result.AgainstReactive,
                monthlyUsd = price is null ? (decimal?)null : decimal.Round(MonthlyUsd(comparison, result.Score, price), 2),
            }),
        }), Json);
}
