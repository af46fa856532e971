using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Evaluation;
using AkiDb.Forecasting.Traffic;

namespace AkiDb.Forecasting.Training;

/// <summary>Trains the members of a model one after the other, from consecutive seeds, with checkpoints if wanted.</summary>
public sealed record EnsembleTraining
{
    /// <summary>Networks of a model, whose mean is its forecast. Three: each costs as much again to train and to serve.</summary>
    public const int DefaultMembers = 3;

    /// <summary>Options of every member; the seed is the first one's.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>Networks, at least 1. Default: 3.</summary>
    public int Members
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = DefaultMembers;

    /// <summary>Holidays that the networks are told of. Default: none.</summary>
    public HolidayCalendar Holidays { get; init; } = new();

    /// <summary>Folder of the checkpoints, one a member, which a training that was interrupted goes on from; null for none.</summary>
    public string? CheckpointFolder { get; init; }

    /// <summary>Clock of the progress.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Trains.</summary>
    /// <param name="series">The whole series.</param>
    /// <param name="parts">Its parts.</param>
    /// <param name="progress">Told of each member's epochs.</param>
    /// <param name="cancellation">Ends training after the epoch that runs; its checkpoint stays.</param>
    /// <exception cref="ArgumentException">The options are wrong.</exception>
    /// <exception cref="InsufficientTrafficException">Too little to learn from.</exception>
    /// <exception cref="InvalidDataException">A checkpoint is damaged or of another training.</exception>
    public LstmModel Run(
        TrafficSeries series, SeriesParts parts, IProgress<(int Member, TrainingProgress Epoch)>? progress = null, CancellationToken cancellation = default)
    {
        var models = new List<LstmModel>();
        for (var member = 0; member < Members; member++)
        {
            var options = Options with { Seed = Options.Seed + member };
            using var trainer = new LstmTrainer(series, parts, options, Holidays, Clock);
            models.Add(Run(trainer, options.Seed, epoch => progress?.Report((member, epoch)), cancellation));
        }

        return LstmModel.Combine(models);
    }

    private LstmModel Run(LstmTrainer trainer, int seed, Action<TrainingProgress> report, CancellationToken cancellation)
    {
        var checkpoint = CheckpointFolder is null ? null : Path.Combine(CheckpointFolder, $"seed-{seed}.checkpoint");
        if (File.Exists(checkpoint))
        {
            TrainingCheckpoint.Restore(trainer, checkpoint);
        }

        while (!trainer.IsDone)
        {
            cancellation.ThrowIfCancellationRequested();
            report(trainer.RunEpoch());
            if (checkpoint is not null)
            {
                Directory.CreateDirectory(CheckpointFolder!);
                TrainingCheckpoint.Save(trainer, checkpoint);
            }
        }

        return trainer.Model;
    }
}
