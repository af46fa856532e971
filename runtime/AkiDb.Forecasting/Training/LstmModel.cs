using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Network;

namespace AkiDb.Forecasting.Training;

/// <summary>A trained network with all that is needed to forecast by it. Immutable.</summary>
public sealed class LstmModel
{
    internal LstmModel(
        NetworkLayout layout, float[] parameters, ModelScaler scaler, IReadOnlyList<Country> countries, int seed, int epochs, double validationSkill)
    {
        (Layout, Parameters, Scaler, HolidayCountries) = (layout, parameters, scaler, countries);
        (Seed, Epochs, ValidationSkill) = (seed, epochs, validationSkill);
    }

    /// <summary>The network's layers.</summary>
    public NetworkShape Shape => Layout.Shape;

    /// <summary>Its scaler, fitted on the training part.</summary>
    public ModelScaler Scaler { get; }

    /// <summary>Countries whose holidays it was told of.</summary>
    public IReadOnlyList<Country> HolidayCountries { get; }

    /// <summary>Seed of its training.</summary>
    public int Seed { get; }

    /// <summary>Epochs after which its weights were kept.</summary>
    public int Epochs { get; }

    /// <summary>Skill against the last value on the validation part.</summary>
    public double ValidationSkill { get; }

    internal NetworkLayout Layout { get; }

    internal float[] Parameters { get; }
}
