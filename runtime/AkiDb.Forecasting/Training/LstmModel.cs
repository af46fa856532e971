using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Network;

namespace AkiDb.Forecasting.Training;

/// <summary>
/// Trained networks with all that is needed to forecast by them. Several members, trained from different seeds, forecast the mean
/// of what each says: their chance errors differ, what they learnt does not. Immutable.
/// </summary>
public sealed class LstmModel
{
    internal LstmModel(
        NetworkLayout layout, ModelScaler scaler, IReadOnlyList<Country> countries, IReadOnlyList<LstmMember> members)
    {
        (Layout, Scaler, HolidayCountries, Members) = (layout, scaler, countries, members);
    }

    /// <summary>The layers of each network.</summary>
    public NetworkShape Shape => Layout.Shape;

    /// <summary>The scaler, fitted on the training part.</summary>
    public ModelScaler Scaler { get; }

    /// <summary>Countries whose holidays the networks were told of.</summary>
    public IReadOnlyList<Country> HolidayCountries { get; }

    /// <summary>The networks.</summary>
    public IReadOnlyList<LstmMember> Members { get; }

    /// <summary>Weights and biases of one network.</summary>
    public int ParameterCount => Layout.TrainableCount;

    internal NetworkLayout Layout { get; }

    /// <summary>One model of the networks of several, trained alike on the same data.</summary>
    public static LstmModel Combine(IReadOnlyList<LstmModel> models) =>
        new(models[0].Layout, models[0].Scaler, models[0].HolidayCountries, [.. models.SelectMany(model => model.Members)]);
}

/// <summary>One trained network of a model.</summary>
public sealed class LstmMember
{
    internal LstmMember(float[] parameters, int seed, int epochs, double validationSkill) =>
        (Parameters, Seed, Epochs, ValidationSkill) = (parameters, seed, epochs, validationSkill);

    /// <summary>Seed of its training.</summary>
    public int Seed { get; }

    /// <summary>Epochs after which its weights were kept.</summary>
    public int Epochs { get; }

    /// <summary>Skill against the last value on the validation part.</summary>
    public double ValidationSkill { get; }

    internal float[] Parameters { get; }
}
