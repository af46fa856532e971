using System.Collections.Immutable;

namespace AkiDb.Infra.Components.Observability.Rules;

/// <summary>A selector of time series, written as PromQL: no brace to forget, no label value to escape.</summary>
/// <param name="Metric">Name, from <c>AkiDb.Contracts</c> or a <see cref="Metrics.MetricSource"/>.</param>
public sealed record Series(string Metric)
{
    private ImmutableArray<string> Matchers { get; init; } = [];

    /// <summary>Only series whose label is <paramref name="value"/>.</summary>
    public Series Where(string label, string value) => Add(label, "=", value);

    /// <summary>Only series whose label is not <paramref name="value"/>.</summary>
    public Series Except(string label, string value) => Add(label, "!=", value);

    /// <summary>Only series whose label fits the regular expression as a whole.</summary>
    public Series Like(string label, string pattern) => Add(label, "=~", pattern);

    /// <summary>Only series whose label does not fit the regular expression.</summary>
    public Series Unlike(string label, string pattern) => Add(label, "!~", pattern);

    /// <summary>Increase a second over <paramref name="window"/>, e.g. <c>5m</c>.</summary>
    public string Rate(string window) => $"rate({this}[{window}])";

    /// <summary>Increase over <paramref name="window"/>.</summary>
    public string Increase(string window) => $"increase({this}[{window}])";

    /// <inheritdoc/>
    public override string ToString() => Matchers.IsEmpty ? Metric : $"{Metric}{{{string.Join(',', Matchers)}}}";

    private Series Add(string label, string comparison, string value) => this with
    {
        Matchers = Matchers.Add($"{label}{comparison}\"{value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""),
    };
}
