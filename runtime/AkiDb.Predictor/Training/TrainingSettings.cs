using System.CommandLine;
using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Network;
using AkiDb.Forecasting.Training;
using AkiDb.Predictor.Commands;

namespace AkiDb.Predictor.Training;

/// <summary>The options by which <c>train</c> and <c>evaluate</c> describe a training.</summary>
internal sealed class TrainingSettings
{
    private const int MostMembers = 20;

    private readonly Option<bool> _specification = new("--specification")
    {
        Description = "The specification's network: 128/64/32 units, dropout 0.2, dense 16. Many times slower and hardly better anywhere; for comparison.",
    };

    private readonly Option<int[]> _units = new("--units")
    {
        Description = "Units of the LSTM layers, first to last. Default: 64, one layer.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _members = new("--members")
    {
        Description = "Networks whose mean forecasts, trained from consecutive seeds.",
        DefaultValueFactory = _ => EnsembleTraining.DefaultMembers,
    };

    private readonly Option<int> _epochs = new("--epochs")
    {
        Description = "Most epochs; training ends before when the validation error stops falling.",
        DefaultValueFactory = _ => new TrainingOptions().MostEpochs,
    };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "Threads, 1 or 2; the result is the same.",
        DefaultValueFactory = _ => new TrainingOptions().Threads,
    };

    private readonly Option<Country[]> _holidays = new("--holidays")
    {
        Description = "Countries whose public holidays the networks are told of. Default: none.",
        AllowMultipleArgumentsPerToken = true,
    };

    public TrainingSettings()
    {
        _units.Validators.Add(result => OptionChecks.Check(
            result, (int[]? value) => value!.All(units => units is >= 1 and <= NetworkShape.MostUnits), $"1 to {NetworkShape.MostUnits} for each layer"));
        _members.Validators.Add(result => OptionChecks.Check(result, (int value) => value is >= 1 and <= MostMembers, $"1 to {MostMembers}"));
        _epochs.Validators.Add(result => OptionChecks.Check(result, (int value) => value >= 1, "1 or more"));
        _threads.Validators.Add(result => OptionChecks.Check(result, (int value) => value is 1 or 2, "1 or 2"));
        _holidays.NameOf<Option<Country[]>, Country>();
    }

    /// <summary>The options.</summary>
    public IEnumerable<Option> Options => [_specification, _units, _members, _epochs, _threads, _holidays];

    public void AddTo(Command command)
    {
        foreach (var option in Options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The training that a command line asks for, from a seed.</summary>
    public EnsembleTraining Read(ParseResult arguments, int seed) => new()
    {
        Options = TrainingOptionsOf(
            arguments.GetValue(_specification), arguments.GetValue(_units), arguments.GetValue(_epochs), arguments.GetValue(_threads), seed),
        Members = arguments.GetValue(_members),
        Holidays = new HolidayCalendar(arguments.GetValue(_holidays) ?? []),
    };

    private static TrainingOptions TrainingOptionsOf(bool isSpecification, int[]? units, int epochs, int threads, int seed)
    {
        var options = (isSpecification ? TrainingOptions.Specification : new TrainingOptions()) with { MostEpochs = epochs, Threads = threads, Seed = seed };
        return units is { Length: > 0 } ? options with { LstmUnits = units } : options;
    }
}
