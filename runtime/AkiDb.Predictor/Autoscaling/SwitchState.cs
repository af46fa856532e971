using System.Globalization;
using System.Text.Json.Nodes;
using AkiDb.Contracts;

namespace AkiDb.Predictor.Autoscaling;

/// <summary>What the off-switch ConfigMap says.</summary>
/// <param name="IsEnabled">Whether forecasts may be used.</param>
/// <param name="MinReplicas">Fewest replicas; null if it does not say.</param>
/// <param name="MaxReplicas">Most replicas; null if it does not say.</param>
/// <param name="Errors">What is wrong with it, a sentence each.</param>
internal sealed record SwitchState(bool IsEnabled, int? MinReplicas, int? MaxReplicas, IReadOnlyList<string> Errors)
{
    /// <summary>Before it was read, and where it does not exist: forecasts are only used where someone allows them.</summary>
    public static SwitchState Unknown { get; } = new(false, null, null, []);

    /// <summary>Reads the ConfigMap. What is wrong counts as not said, and wrong bounds as none: a slip of the pen must neither
    /// switch the autoscaler on nor move replicas.</summary>
    public static SwitchState Of(JsonNode configMap)
    {
        var errors = new List<string>();
        var data = configMap["data"];
        var enabled = data?[ScalingSwitchKeys.Enabled]?.ToString();
        if (enabled is null)
        {
            errors.Add($"{ScalingSwitchKeys.Enabled} is missing; wanted \"true\" or \"false\". Forecasts stay off.");
        }
        else if (enabled is not ("true" or "false"))
        {
            errors.Add($"{ScalingSwitchKeys.Enabled} is '{enabled}'; allowed: \"true\" or \"false\". Forecasts stay off.");
        }

        var min = Count(data, ScalingSwitchKeys.MinReplicas, errors);
        var max = Count(data, ScalingSwitchKeys.MaxReplicas, errors);
        if (min > max)
        {
            errors.Add($"{ScalingSwitchKeys.MinReplicas} is {min} and above {ScalingSwitchKeys.MaxReplicas}, {max}. Neither counts.");
            (min, max) = (null, null);
        }

        return new SwitchState(enabled == "true", min, max, errors);
    }

    /// <summary>A rule with the bounds that are said.</summary>
    public ReplicaRule Bound(ReplicaRule rule)
    {
        var bound = rule with { MinReplicas = MinReplicas ?? rule.MinReplicas, MaxReplicas = MaxReplicas ?? rule.MaxReplicas };
        return bound.MinReplicas <= bound.MaxReplicas ? bound : rule;
    }

    private static int? Count(JsonNode? data, string key, List<string> errors)
    {
        var text = data?[key]?.ToString();
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1)
        {
            return count;
        }

        errors.Add($"{key} is '{text}'; allowed: a whole number from 1. It does not count.");
        return null;
    }
}
