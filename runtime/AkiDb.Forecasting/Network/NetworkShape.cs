namespace AkiDb.Forecasting.Network;

/// <summary>Layers of a network: LSTM layers, an optional dense layer, and a linear output.</summary>
public sealed record NetworkShape
{
    /// <summary>Units that one layer may have at most: beyond it, one step of training no longer fits the caches.</summary>
    public const int MostUnits = 1_024;

    /// <summary>What is read at each step. At least 1.</summary>
    public required int Inputs { get; init; }

    /// <summary>Steps that are read. At least 1. Default: 60.</summary>
    public int Steps { get; init; } = ForecastHorizon.InputMinutes;

    /// <summary>Units of each LSTM layer, first to last; at least one layer, 1 to 1,024 units each. Default: one layer of 64.</summary>
    public IReadOnlyList<int> LstmUnits { get; init; } = [64];

    /// <summary>Share of each LSTM layer's outputs that training drops, 0 to below 1. Default: 0.</summary>
    public double Dropout { get; init; }

    /// <summary>Units of a rectified layer between the last LSTM layer and the output, 0 for none. Default: 0.</summary>
    public int DenseUnits { get; init; }

    /// <summary>Outputs. Default: 15.</summary>
    public int Outputs { get; init; } = ForecastHorizon.Minutes;

    /// <summary>What is wrong with the shape; nothing if it can be trained.</summary>
    public IEnumerable<string> Errors()
    {
        if (Inputs < 1 || Steps < 1 || Outputs < 1)
        {
            yield return $"A network reads at least one input in one step and has an output; found {Inputs}, {Steps}, {Outputs}.";
        }

        if (LstmUnits.Count == 0 || LstmUnits.Any(units => units is < 1 or > MostUnits))
        {
            yield return $"LSTM layers have 1 to {MostUnits} units, and there is at least one; found [{string.Join(", ", LstmUnits)}].";
        }

        if (Dropout is not (>= 0 and < 1))
        {
            yield return $"Dropout is a share of 0 to below 1; found {Dropout}.";
        }

        if (DenseUnits is < 0 or > MostUnits)
        {
            yield return $"The dense layer has 0 (none) to {MostUnits} units; found {DenseUnits}.";
        }
    }
}
