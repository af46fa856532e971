using System.Collections.Immutable;
using System.Text.Json;

namespace AkiDb.Infra.Components.Observability.Rules;

/// <summary>A rule as Prometheus' file format has it.</summary>
public abstract record PrometheusRule
{
    /// <summary>PromQL.</summary>
    public required string Expression { get; init; }

    /// <summary>Labels that the rule adds. Default: none.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    internal abstract Dictionary<string, object> ToSpec(string runbooksUrl);
}

/// <summary>Computes a series once, for alerts and dashboards that would else each compute it.</summary>
public sealed record RecordingRule : PrometheusRule
{
    /// <summary>One of <see cref="RecordedNames"/>.</summary>
    public required string Record { get; init; }

    internal override Dictionary<string, object> ToSpec(string runbooksUrl)
    {
        var spec = new Dictionary<string, object> { ["record"] = Record, ["expr"] = Expression };
        if (!Labels.IsEmpty)
            spec["labels"] = Labels.ToDictionary();
        return spec;
    }
}

/// <summary>Tells people, by way of Alertmanager.</summary>
public sealed record AlertRule : PrometheusRule
{
    /// <summary>Label that groups alerts into incidents.</summary>
    public const string AreaLabel = "area";

    /// <summary>Label that Alertmanager routes by.</summary>
    public const string SeverityLabel = "severity";

    /// <summary>Name in upper camel case; docs/runbooks has a page of this name.</summary>
    public required string Name { get; init; }

    /// <summary>Who is told, and when.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>What it is about.</summary>
    public required AlertArea Area { get; init; }

    /// <summary>How long the expression must hold. Default: at once.</summary>
    public TimeSpan For { get; init; }

    /// <summary>One line for a telephone's screen; may use <c>{{ $labels.region }}</c> and <c>{{ $value }}</c>.</summary>
    public required string Summary { get; init; }

    /// <summary>What it means for clients or for money, and what is likely behind it.</summary>
    public required string Description { get; init; }

    /// <summary>Alerts that explain this one: while one of them fires in the same region, this one tells nobody.</summary>
    public ImmutableArray<string> ExplainedBy { get; init; } = [];

    /// <summary>All labels that the rule adds.</summary>
    public ImmutableSortedDictionary<string, string> AllLabels => Labels
        .SetItem(AreaLabel, JsonNamingPolicy.CamelCase.ConvertName(Area.ToString()))
        .SetItem(SeverityLabel, Severity.ToString());

    internal override Dictionary<string, object> ToSpec(string runbooksUrl)
    {
        var spec = new Dictionary<string, object>
        {
            ["alert"] = Name,
            ["expr"] = Expression,
            ["labels"] = AllLabels.ToDictionary(),
            ["annotations"] = new Dictionary<string, string>
            {
                ["summary"] = Summary,
                ["description"] = Description,
                ["runbook_url"] = $"{runbooksUrl}/{Name}.md",
            },
        };
        if (For > TimeSpan.Zero)
            spec["for"] = PromQl.Duration(For);
        return spec;
    }
}

/// <summary>Rules that are evaluated together, in order: later ones may use what earlier ones recorded.</summary>
/// <param name="Name">Name.</param>
/// <param name="Interval">How often.</param>
/// <param name="Rules">The rules.</param>
public sealed record RuleGroup(string Name, TimeSpan Interval, ImmutableArray<PrometheusRule> Rules)
{
    internal Dictionary<string, object> ToSpec(string runbooksUrl) => new()
    {
        ["name"] = Name,
        ["interval"] = PromQl.Duration(Interval),
        ["rules"] = Rules.Select(rule => rule.ToSpec(runbooksUrl)).ToArray(),
    };
}
