using AkiDb.Forecasting.Network;

namespace AkiDb.Runtime.Tests.Forecasting;

/// <summary>The network again, in doubles and plain loops, for one window: what the kernels are checked against.</summary>
internal sealed class ReferenceNetwork(NetworkLayout layout)
{
    public double[] Forward(double[] parameters, double[][] inputs)
    {
        var sequence = inputs;
        foreach (var layer in layout.Lstm)
        {
            sequence = Lstm(layer, parameters, sequence);
        }

        var values = sequence[^1];
        foreach (var layer in layout.Dense)
        {
            values = [.. Enumerable.Range(0, layer.Units).Select(unit =>
            {
                var sum = parameters[layer.Bias + unit] + values.Select((value, i) => value * parameters[layer.Weights.IndexOf(i, unit)]).Sum();
                return layer.IsRectified ? Math.Max(0, sum) : sum;
            })];
        }

        return values;
    }

    private static double[][] Lstm(LstmLayout layer, double[] parameters, double[][] inputs)
    {
        var hidden = new double[layer.Units];
        var cells = new double[layer.Units];
        return Array.ConvertAll(inputs, input =>
        {
            var before = hidden;
            hidden = [.. Enumerable.Range(0, layer.Units).Select(unit =>
            {
                cells[unit] = (Sigmoid(Gate(LstmGate.Forget)) * cells[unit]) + (Sigmoid(Gate(LstmGate.Input)) * Math.Tanh(Gate(LstmGate.Cell)));
                return Sigmoid(Gate(LstmGate.Output)) * Math.Tanh(cells[unit]);

                double Gate(LstmGate gate)
                {
                    var column = layer.Column(gate, unit);
                    return parameters[layer.Bias + column]
                        + input.Take(layer.Inputs).Select((value, i) => value * parameters[layer.InputWeights.IndexOf(i, column)]).Sum()
                        + before.Select((value, i) => value * parameters[layer.HiddenWeights.IndexOf(i, column)]).Sum();
                }
            })];
            return hidden;
        });
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
