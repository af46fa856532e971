using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Evaluation;
using AkiDb.Forecasting.Network;
using AkiDb.Forecasting.Simd;
using AkiDb.Forecasting.Traffic;

namespace AkiDb.Forecasting.Training;

/// <summary>
/// Trains an LSTM on the training part of a series and stops by its error on the validation part. The test part is not read.
/// One call of <see cref="RunEpoch"/> is one epoch; between two calls the state can be saved and restored.
/// </summary>
public sealed unsafe class LstmTrainer : IDisposable
{
    /// <summary>Fewest windows to learn from: half a day.</summary>
    public const int FewestWindows = Minutes.PerDay / 2;

    // The validation part is judged on every third window; its neighbours say nearly the same.
    private const int ValidationStride = 3;
    private readonly TrainingOptions _options;
    private readonly NetworkLayout _layout;
    private readonly TrainingWindows _windows;
    private readonly HolidayCalendar _holidays;
    private readonly ModelScaler _scaler;
    private readonly TimeProvider _clock;
    private readonly ThreadCrew _crew;
    private readonly INetworkShard[] _shards;
    private readonly PinnedFloats[] _gradients;
    private readonly PinnedFloats _copies;
    private readonly double[] _losses = new double[ThreadCrew.Halves];
    private readonly int[] _training;
    private readonly int[] _validation;
    private readonly double _meanWeight;
    private readonly double _lastValueError;

    /// <summary>Prepares training.</summary>
    /// <param name="series">The whole series; outages are masked here.</param>
    /// <param name="parts">Where training and validation end.</param>
    /// <param name="options">How to train.</param>
    /// <param name="holidays">Holidays that the network is told of.</param>
    /// <param name="clock">Clock of the progress.</param>
    /// <exception cref="ArgumentException">The options are wrong; every error is named.</exception>
    /// <exception cref="InsufficientTrafficException">Too few windows to learn from or to validate on.</exception>
    public LstmTrainer(
        TrafficSeries series, SeriesParts parts, TrainingOptions options, HolidayCalendar holidays, TimeProvider? clock = null)
    {
        var errors = options.Errors().ToList();
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", errors), nameof(options));
        }

        (_options, _holidays, _clock) = (options, holidays, clock ?? TimeProvider.System);
        var calendar = new CalendarFeatures(holidays);
        _scaler = ModelScaler.Fit(OutageMask.Apply(parts.Training(series)), calendar);
        var learnt = OutageMask.Apply(series.Slice(0, parts.TestStart));
        Fingerprint = TrainingCheckpoint.FingerprintOf(options, learnt, holidays.Countries.Select(country => $"{country}"));
        _windows = new TrainingWindows(learnt, _scaler, calendar);
        _training = _windows.Usable(0, parts.ValidationStart);
        _validation = [.. _windows.Usable(parts.ValidationStart, parts.TestStart).Where((_, i) => i % ValidationStride == 0)];
        if (_training.Length < FewestWindows || _validation.Length == 0)
        {
            throw new InsufficientTrafficException(
                $"'lstm' needs at least {FewestWindows} windows of 75 minutes to learn from and one to validate on; found {_training.Length} and "
                + $"{_validation.Length} in {series.Count} minutes, of which {series.ObservedCount} were observed. A window needs {ForecastHorizon.Minutes} observed minutes in a row after "
                + $"{ForecastHorizon.InputMinutes} of which the last and three quarters of all were observed, outages not counted.");
        }

        _meanWeight = _training.Average(WeightOf);
        _lastValueError = MeanAbsoluteError((minute, _) => _windows.ActualOf(minute));
        _layout = new NetworkLayout(options.Shape);
        State = new TrainingState(_layout, options.LearningRate);
        InitialWeights.Fill(_layout, State.Parameters.Span, options.Seed);
        State.Parameters.Span.CopyTo(State.Average.Span);
        _copies = new PinnedFloats(_layout.TransposedCount);
        _shards = Two(() => NetworkShard.Create(_layout, options.BatchSize / ThreadCrew.Halves, options.Lanes));
        _gradients = Two(() => new PinnedFloats(_layout.Count));
        _crew = new ThreadCrew(options.Threads);
    }

    /// <summary>Weights and biases that are learnt.</summary>
    public int ParameterCount => _layout.TrainableCount;

    /// <summary>Windows of an epoch.</summary>
    public int WindowsPerEpoch => Math.Max(1, _training.Length / _options.WindowStride / _options.BatchSize) * _options.BatchSize;

    /// <summary>Epochs after which training ends at the latest.</summary>
    public int MostEpochs => Math.Clamp(_options.MostWindows / WindowsPerEpoch, 1, _options.MostEpochs);

    /// <summary>Whether early stopping or the most epochs are reached.</summary>
    public bool IsDone => State.Epoch >= MostEpochs || State.EpochsSinceBest >= _options.PatienceEpochs;

    internal TrainingState State { get; }

    /// <summary>Options and data, as a checkpoint names them.</summary>
    internal string Fingerprint { get; }

    /// <summary>The network with the least validation error so far. Needs an epoch.</summary>
    public LstmModel Model => new(
        _layout, _scaler, _holidays.Countries, [new LstmMember(State.Best.Span.ToArray(), _options.Seed, State.BestEpoch, Skill(State.BestError))]);

    /// <summary>Trains to the end.</summary>
    /// <param name="progress">Told of each epoch.</param>
    /// <param name="cancellation">Ends training after the epoch that runs.</param>
    public LstmModel Run(IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        while (!IsDone)
        {
            cancellation.ThrowIfCancellationRequested();
            var epoch = RunEpoch();
            progress?.Report(epoch);
        }

        return Model;
    }

    /// <summary>Trains one epoch and validates.</summary>
    public TrainingProgress RunEpoch()
    {
        var start = _clock.GetTimestamp();
        var order = Order();
        var loss = 0.0;
        for (var at = 0; at < order.Length; at += _options.BatchSize)
        {
            loss += Step(order, at);
        }

        var trained = _clock.GetElapsedTime(start);
        State.Epoch++;
        var error = Validate();
        Judge(error);
        return new TrainingProgress
        {
            Epoch = State.Epoch,
            MostEpochs = MostEpochs,
            TrainingLoss = loss * _options.BatchSize / order.Length,
            ValidationSkill = Skill(error),
            BestSkill = Skill(State.BestError),
            LearningRate = State.LearningRate,
            WindowsPerSecond = order.Length / trained.TotalSeconds,
            TimeLeft = _clock.GetElapsedTime(start) * (MostEpochs - State.Epoch),
        };
    }

    /// <summary>Goes on from a state that was put in place.</summary>
    internal void TakeUp() => Transpose();

    /// <inheritdoc/>
    public void Dispose() => _crew.Dispose();

    /// <summary>The gradient of a batch's loss by all parameters, without a step; what the gradient check reads.</summary>
    internal (double Loss, float[] Gradient) Differentiate(int[] minutes)
    {
        Transpose();
        _crew.Run(half => Propagate(minutes, 0, half));
        var sum = _gradients[0].Span.ToArray();
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += _gradients[1].Span[i];
        }

        return (_losses.Sum(), sum);
    }

    // Shuffled anew each epoch from the seed and the epoch alone, so that a resumed training goes the same way.
    private int[] Order()
    {
        var stride = _options.WindowStride;
        var order = _training.Where((_, i) => i % stride == State.Epoch % stride).ToArray();
        new Random(unchecked((_options.Seed * 1_000_003) + State.Epoch)).Shuffle(order);
        // A short training part still makes one batch.
        return order.Length >= _options.BatchSize
            ? order[..(order.Length / _options.BatchSize * _options.BatchSize)]
            : [.. Enumerable.Range(0, _options.BatchSize).Select(i => order[i % order.Length])];
    }

    private double Step(int[] order, int at)
    {
        if (State.Step == 0)
        {
            Transpose();
        }

        State.Step++;
        _crew.Run(half => Propagate(order, at, half));
        // The rest is a fiftieth of a step's work: sharing it would cost more in waiting than it saves.
        var length = Math.Sqrt(Adam.Add(_gradients[0].Pointer, _gradients[1].Pointer, _layout.Count));
        var scale = (float)Math.Min(1, _options.LargestGradient / length);
        // The average's memory grows with the steps: the first weights are chance.
        var decay = (float)Math.Min(_options.AveragingDecay, (1.0 + State.Step) / (10 + State.Step));
        Adam.Update(State, _gradients[0].Pointer, scale, decay, _layout.Count);
        Transpose();
        return _losses.Sum();
    }

    private void Transpose()
    {
        foreach (var matrix in _layout.Matrices)
        {
            matrix.Transpose(State.Parameters.Pointer, _copies.Pointer);
        }
    }

    private void Propagate(int[] order, int at, int half)
    {
        var shard = _shards[half];
        var first = at + (half * shard.Rows);
        for (var row = 0; row < shard.Rows; row++)
        {
            _windows.WriteInputs(order[first + row], shard, row, _layout.PaddedInputs);
        }

        shard.Forward(State.Parameters.Pointer, unchecked((ulong)((_options.Seed * 7_919L) + State.Step) * 64) + ((ulong)half * 32));
        _losses[half] = 0;
        Span<float> targets = stackalloc float[ForecastHorizon.Minutes];
        for (var row = 0; row < shard.Rows; row++)
        {
            var minute = order[first + row];
            var weight = WeightOf(minute) / _meanWeight / (_options.BatchSize * ForecastHorizon.Minutes);
            _windows.WriteTargets(minute, targets);
            _losses[half] += Loss.Differentiate(
                new ReadOnlySpan<float>(shard.Outputs + (row * shard.OutputStep), targets.Length), targets, (float?)_options.HuberDelta,
                (float)weight, shard.OutputGradient.Span.Slice(row * shard.OutputStep, targets.Length));
        }

        _gradients[half].Span.Clear();
        shard.Backward(_copies.Pointer, _gradients[half].Pointer);
    }

    private double Validate()
    {
        var outputs = new float[_validation.Length * ForecastHorizon.Minutes];
        _crew.Run(half =>
        {
            var shard = _shards[half];
            for (var at = half * shard.Rows; at < _validation.Length; at += ThreadCrew.Halves * shard.Rows)
            {
                var count = Math.Min(shard.Rows, _validation.Length - at);
                for (var row = 0; row < count; row++)
                {
                    _windows.WriteInputs(_validation[at + row], shard, row, _layout.PaddedInputs);
                }

                shard.Forward(State.Average.Pointer, dropoutSeed: null);
                for (var row = 0; row < count; row++)
                {
                    new ReadOnlySpan<float>(shard.Outputs + (row * shard.OutputStep), ForecastHorizon.Minutes)
                        .CopyTo(outputs.AsSpan((at + row) * ForecastHorizon.Minutes));
                }
            }
        });
        var window = -1;
        return MeanAbsoluteError((minute, step) =>
        {
            window += step == 0 ? 1 : 0;
            return _windows.ToQueriesPerSecond(minute, outputs[(window * ForecastHorizon.Minutes) + step]);
        });
    }

    // Queries per second, over the validation part, minute by minute and step by step in order.
    private double MeanAbsoluteError(Func<int, int, double> forecast)
    {
        var sum = 0.0;
        foreach (var minute in _validation)
        {
            for (var step = 0; step < ForecastHorizon.Minutes; step++)
            {
                sum += Math.Abs(forecast(minute, step) - _windows.ActualOf(minute + 1 + step));
            }
        }

        return sum / (_validation.Length * ForecastHorizon.Minutes);
    }

    private void Judge(double error)
    {
        State.EpochsOnPlateau++;
        if (error < State.BestError || State.Epoch == 1)
        {
            State.BestError = error;
            State.BestEpoch = State.Epoch;
            State.EpochsOnPlateau = 0;
            State.Average.Span.CopyTo(State.Best.Span);
        }
        else if (State.EpochsOnPlateau >= _options.PlateauEpochs)
        {
            State.LearningRate /= 2;
            State.EpochsOnPlateau = 0;
        }
    }

    private double Skill(double error) => _lastValueError > 0 ? 1 - (error / _lastValueError) : 0;

    // A window of no traffic has no weight to learn by.
    private double WeightOf(int minute) => Math.Pow(_windows.LevelOf(minute) + _scaler.LogOffset, _options.LoadWeight);

    private static T[] Two<T>(Func<T> make) => [make(), make()];
}
