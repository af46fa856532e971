using AkiDb.Forecasting.Network;
using AkiDb.Forecasting.Simd;

namespace AkiDb.Forecasting.Training;

/// <summary>How an LSTM is trained. The same options and data give the same weights, bit for bit, with one thread or two, on
/// processors with registers of the same width.</summary>
public sealed record TrainingOptions
{
    /// <summary>Units of each LSTM layer. Default: one layer of 64, about as good as the specification's
    /// 128/64/32 and many times faster (docs/forecasting.md).</summary>
    public IReadOnlyList<int> LstmUnits { get; init; } = [64];

    /// <summary>Share of the LSTM layers' outputs that training drops, 0 to below 1. Default: 0.</summary>
    public double Dropout { get; init; }

    /// <summary>Units of a rectified layer before the output, 0 for none. Default: 0.</summary>
    public int DenseUnits { get; init; }

    /// <summary>Error where the loss turns from squared to linear, in standard deviations of a 15-minute change; null is the
    /// squared error everywhere. Above 0. Default: 0.25: nearly the absolute error, which is what skill is measured in.</summary>
    public double? HuberDelta { get; init; } = 0.25;

    /// <summary>Power of the load that weighs a window, 0 to 1: 0 makes a percent count the same at night and at noon, 1 a query
    /// per second. Default: 1.</summary>
    public double LoadWeight { get; init; } = 1;

    /// <summary>Windows of a step. A multiple of 8. Default: 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Step size of Adam (Kingma and Ba 2015) at the beginning. Above 0. Default: 0.002.</summary>
    public double LearningRate { get; init; } = 0.002;

    /// <summary>Epochs without a better validation error after which the step size is halved. At least 1. Default: 3.</summary>
    public int PlateauEpochs { get; init; } = 3;

    /// <summary>Epochs without a better validation error after which training ends. At least 1. Default: 8.</summary>
    public int PatienceEpochs { get; init; } = 8;

    /// <summary>Most epochs. At least 1. Default: 100.</summary>
    public int MostEpochs { get; init; } = 100;

    /// <summary>Most windows that are read in all epochs together, so that a month does not train for longer than a fortnight. At
    /// least 1; the first epoch is always whole. Default: 300,000, a minute for three networks at 15,000 windows/s.</summary>
    public int MostWindows { get; init; } = 300_000;

    /// <summary>An epoch takes every n-th window, each epoch others: neighbouring windows say nearly the same. At least 1.
    /// Default: 3.</summary>
    public int WindowStride { get; init; } = 3;

    /// <summary>Gradients longer than this are shortened to it (Pascanu et al. 2013). Above 0. Default: 1.</summary>
    public double LargestGradient { get; init; } = 1;

    /// <summary>Memory of the moving average of the weights that is validated and kept, 0 (none) to below 1. Default: 0.99.</summary>
    public double AveragingDecay { get; init; } = 0.99;

    /// <summary>Decides initial weights, order of windows and dropout. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads, 1 or 2. Default: 2 where there are as many processors.</summary>
    public int Threads { get; init; } = Math.Min(2, Environment.ProcessorCount);

    /// <summary>Register width. Default: the widest.</summary>
    public FloatLanes Lanes { get; init; }

    /// <summary>The specification's network (row F1): 128/64/32 units, dropout 0.2, dense 16.</summary>
    public static TrainingOptions Specification { get; } = new() { LstmUnits = [128, 64, 32], Dropout = 0.2, DenseUnits = 16 };

    /// <summary>The network that these options train.</summary>
    internal NetworkShape Shape => new()
    {
        Inputs = TrainingWindows.InputsPerStep,
        LstmUnits = LstmUnits,
        Dropout = Dropout,
        DenseUnits = DenseUnits,
    };

    /// <summary>What is wrong with the options; nothing if training can start.</summary>
    public IEnumerable<string> Errors()
    {
        foreach (var error in Shape.Errors())
        {
            yield return error;
        }

        foreach (var (isGood, name, value, wanted) in Checks())
        {
            if (!isGood)
            {
                yield return $"{name} is {value}; wanted {wanted}.";
            }
        }
    }

    private IEnumerable<(bool IsGood, string Name, object? Value, string Wanted)> Checks() =>
    [
        (HuberDelta is null or > 0, nameof(HuberDelta), HuberDelta, "a number above 0, or none"),
        (LoadWeight is >= 0 and <= 1, nameof(LoadWeight), LoadWeight, "0 to 1"),
        (BatchSize is >= 8 and <= 4_096 && BatchSize % 8 == 0, nameof(BatchSize), BatchSize, "a multiple of 8, 8 to 4,096"),
        (LearningRate is > 0 and < 1, nameof(LearningRate), LearningRate, "above 0 and below 1"),
        (PlateauEpochs >= 1, nameof(PlateauEpochs), PlateauEpochs, "1 or more"),
        (PatienceEpochs >= 1, nameof(PatienceEpochs), PatienceEpochs, "1 or more"),
        (MostEpochs >= 1, nameof(MostEpochs), MostEpochs, "1 or more"),
        (MostWindows >= 1, nameof(MostWindows), MostWindows, "1 or more"),
        (WindowStride >= 1, nameof(WindowStride), WindowStride, "1 or more"),
        (LargestGradient > 0, nameof(LargestGradient), LargestGradient, "above 0"),
        (AveragingDecay is >= 0 and < 1, nameof(AveragingDecay), AveragingDecay, "0 to below 1"),
        (Threads is 1 or 2, nameof(Threads), Threads, "1 or 2"),
        (Lanes <= FloatLanesDetection.Detected, nameof(Lanes), Lanes, $"at most {FloatLanesDetection.Detected}, which this processor has"),
    ];
}
