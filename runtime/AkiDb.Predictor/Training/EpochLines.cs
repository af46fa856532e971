using AkiDb.Forecasting.Training;
using Humanizer;
using Humanizer.Localisation;

namespace AkiDb.Predictor.Training;

/// <summary>Writes a line an epoch on the error stream: the output stream is for results.</summary>
internal sealed class EpochLines(int members) : IProgress<(int Member, TrainingProgress Epoch)>
{
    /// <summary>The network, from 1, and its epoch that were told of last; null before the first.</summary>
    public (int Network, int Epoch)? Last { get; private set; }

    public void Report((int Member, TrainingProgress Epoch) value)
    {
        var (member, epoch) = value;
        Last = (member + 1, epoch.Epoch);
        var left = epoch.TimeLeft + ((members - member - 1) * (epoch.TimeLeft / Math.Max(1, epoch.MostEpochs - epoch.Epoch) * epoch.MostEpochs));
        Console.Error.WriteLine(FormattableString.Invariant(
            $"network {member + 1} of {members}, epoch {epoch.Epoch,3} of at most {epoch.MostEpochs}: loss {epoch.TrainingLoss:f4}, validation skill {epoch.ValidationSkill:f4} (best {epoch.BestSkill:f4}), {epoch.WindowsPerSecond:n0} windows/s, at most {left.Humanize(precision: 2, minUnit: TimeUnit.Second)} left"));
    }
}
