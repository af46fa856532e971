using AkiDb.Forecasting.Network;
using AkiDb.Forecasting.Simd;

namespace AkiDb.Forecasting.Training;

/// <summary>Everything that training changes; what a checkpoint holds.</summary>
internal sealed class TrainingState
{
    public TrainingState(NetworkLayout layout, double learningRate)
    {
        Parameters = new PinnedFloats(layout.Count);
        FirstMoments = new PinnedFloats(layout.Count);
        SecondMoments = new PinnedFloats(layout.Count);
        Average = new PinnedFloats(layout.Count);
        Best = new PinnedFloats(layout.Count);
        LearningRate = learningRate;
    }

    public PinnedFloats Parameters { get; }

    public PinnedFloats FirstMoments { get; }

    public PinnedFloats SecondMoments { get; }

    /// <summary>Moving average of the parameters: what is validated.</summary>
    public PinnedFloats Average { get; }

    /// <summary>The average with the least validation error so far: what training gives.</summary>
    public PinnedFloats Best { get; }

    public double LearningRate { get; set; }

    /// <summary>Steps done.</summary>
    public long Step { get; set; }

    /// <summary>Epochs done.</summary>
    public int Epoch { get; set; }

    public double BestError { get; set; } = double.PositiveInfinity;

    public int BestEpoch { get; set; }

    public int EpochsSinceBest => Epoch - BestEpoch;

    public int EpochsOnPlateau { get; set; }

    /// <summary>All arrays, in the order of a checkpoint.</summary>
    public IEnumerable<PinnedFloats> Arrays => [Parameters, FirstMoments, SecondMoments, Average, Best];
}
