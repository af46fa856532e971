using System.Collections.Immutable;

namespace AkiDb.Predictor.Autoscaling;

/// <summary>
/// What the decisions before this one wanted and did. It counts decisions and not time, so that a clock that jumps can neither
/// age it nor freeze it.
/// </summary>
/// <param name="Wanted">Wanted replicas, newest last.</param>
/// <param name="Replicas">Replicas of the target before each of them, newest last.</param>
internal sealed record ScalingHistory(ImmutableArray<int> Wanted, ImmutableArray<int> Replicas)
{
    /// <summary>The history of one who has just begun.</summary>
    public static ScalingHistory Empty { get; } = new([], []);

    /// <summary>This history and one decision more, as long as it is needed.</summary>
    public ScalingHistory With(int wanted, int replicas, ScalingSettings settings) =>
        new(Append(Wanted, wanted, settings.ScaleInMinutes - 1), Append(Replicas, replicas, settings.StepMinutes - 1));

    private static ImmutableArray<int> Append(ImmutableArray<int> values, int value, int length) =>
        length <= 0 ? [] : values.Length < length ? values.Add(value) : [.. values.AsSpan()[^(length - 1)..], value];
}
