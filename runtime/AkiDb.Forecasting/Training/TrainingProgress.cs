namespace AkiDb.Forecasting.Training;

/// <summary>Where training stands after an epoch.</summary>
public sealed record TrainingProgress
{
    /// <summary>Epochs done.</summary>
    public required int Epoch { get; init; }

    /// <summary>Epochs at most.</summary>
    public required int MostEpochs { get; init; }

    /// <summary>Mean loss of the epoch's windows.</summary>
    public required double TrainingLoss { get; init; }

    /// <summary>Skill against the last value on the validation part, of the averaged weights.</summary>
    public required double ValidationSkill { get; init; }

    /// <summary>The best of these so far.</summary>
    public required double BestSkill { get; init; }

    /// <summary>Step size of the next epoch.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Windows trained on a second, in this epoch.</summary>
    public required double WindowsPerSecond { get; init; }

    /// <summary>Time left at most: early stopping may end it sooner.</summary>
    public required TimeSpan TimeLeft { get; init; }
}
