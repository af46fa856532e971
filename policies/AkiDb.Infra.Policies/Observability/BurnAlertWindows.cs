using System.Text.RegularExpressions;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Observability;

/// <summary>Burn-rate alerts look at two windows.</summary>
internal sealed partial class BurnAlertWindows() : ResourceRule("kubernetes:monitoring.coreos.com/v1:PrometheusRule")
{
    public override RuleAbout About { get; } = new("burn-alert-two-windows", Severity.Medium,
        title: "Burn-rate alerts ask a long and a short window",
        why: "With the long one alone the alert hangs for an hour after recovery; with the short one alone every blip pages (SRE workbook, chapter 5).",
        fix: "Join both by 'and': rate1h > 14.4 × budget and rate5m > 14.4 × budget.");

    protected override IEnumerable<Finding?> Check(PlannedResource rules) => rules.Items("spec.groups")
        .SelectMany(group => rules.Items($"{group}.rules"))
        .Where(path => rules.TextOr($"{path}.alert") is { } alert && alert.Contains("burn", StringComparison.OrdinalIgnoreCase))
        .Select(path => rules.Must($"{path}.expr", Is.Text(expression => expression.Contains(" and ", StringComparison.Ordinal)
            && Window().Matches(expression).Select(match => match.Value).Distinct().Skip(1).Any()), "two windows joined by 'and'"));

    [GeneratedRegex(@"(?<=[\[_a-z])\d+(s|m|h|d)\b")]
    private static partial Regex Window();
}
