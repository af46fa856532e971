using AkiDb.Forecasting.Network;

namespace AkiDb.Forecasting.Training;

/// <summary>Random weights to begin with (Glorot and Bengio 2010); the forget gate starts open (Jozefowicz et al. 2015).</summary>
internal static class InitialWeights
{
    // Near zero at first: an untrained network forecasts that the level stays.
    private const double OutputShare = 0.1;

    public static void Fill(NetworkLayout layout, Span<float> parameters, int seed)
    {
        var random = new Random(seed);
        foreach (var layer in layout.Lstm)
        {
            var gates = Enum.GetValues<LstmGate>();
            Fill(layer.InputWeights, layer.Inputs, layer.Units, gates, layer.Column, parameters, random, Limit(layer.Inputs, layer.Units));
            Fill(layer.HiddenWeights, layer.Units, layer.Units, gates, layer.Column, parameters, random, Limit(layer.Units, layer.Units));
            parameters.Slice(layer.Bias + layer.Column(LstmGate.Forget, 0), layer.Units).Fill(1);
        }

        foreach (var layer in layout.Dense)
        {
            var limit = Limit(layer.Inputs, layer.Units) * (layer.IsRectified ? 1 : OutputShare);
            Fill(layer.Weights, layer.Inputs, layer.Units, [default], (_, unit) => unit, parameters, random, limit);
        }
    }

    private static void Fill(
        PanelMatrix matrix, int rows, int units, LstmGate[] gates, Func<LstmGate, int, int> column, Span<float> parameters, Random random, double limit)
    {
        foreach (var gate in gates)
        {
            for (var row = 0; row < rows; row++)
            {
                for (var unit = 0; unit < units; unit++)
                {
                    parameters[matrix.IndexOf(row, column(gate, unit))] = (float)(limit * ((2 * random.NextDouble()) - 1));
                }
            }
        }
    }

    private static double Limit(int inputs, int outputs) => Math.Sqrt(6.0 / (inputs + outputs));
}
