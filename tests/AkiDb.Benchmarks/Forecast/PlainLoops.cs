using System.Diagnostics;
using AkiDb.Forecasting.Network;

namespace AkiDb.Benchmarks.Forecast;

/// <summary>The forward pass as a textbook writes it: what the kernels are measured against.</summary>
internal static class PlainLoops
{
    /// <summary>Windows a second, were they trained so: a window's backward pass costs twice its forward pass.</summary>
    public static double WindowsPerSecond(NetworkLayout layout)
    {
        var clock = Stopwatch.StartNew();
        // The quickest window counts: the others were compiled on the way, or interrupted.
        var quickest = TimeSpan.MaxValue;
        var random = new Random(1);
        while (clock.Elapsed.TotalSeconds < 3)
        {
            var spent = TimeSpan.Zero;
            var sequence = Enumerable.Range(0, layout.Shape.Steps).Select(_ => Fill(layout.Shape.Inputs, random)).ToArray();
            foreach (var layer in layout.Lstm)
            {
                var weights = Enumerable.Range(0, 4 * layer.Units).Select(_ => Fill(layer.Inputs + layer.Units, random)).ToArray();
                // Making the weights is no part of the work.
                var start = clock.Elapsed;
                sequence = Forward(weights, sequence, layer.Units);
                spent += clock.Elapsed - start;
            }

            quickest = spent < quickest ? spent : quickest;
        }

        return 1 / quickest.TotalSeconds / 3;
    }

    private static float[][] Forward(float[][] weights, float[][] sequence, int units)
    {
        var (hidden, cells) = (new float[units], new float[units]);
        return Array.ConvertAll(sequence, input =>
        {
            var next = new float[units];
            Span<float> gates = stackalloc float[4];
            for (var unit = 0; unit < units; unit++)
            {
                gates.Clear();
                for (var gate = 0; gate < 4; gate++)
                {
                    var row = weights[(gate * units) + unit];
                    for (var i = 0; i < input.Length; i++)
                    {
                        gates[gate] += row[i] * input[i];
                    }

                    for (var i = 0; i < units; i++)
                    {
                        gates[gate] += row[input.Length + i] * hidden[i];
                    }
                }

                cells[unit] = (Sigmoid(gates[1]) * cells[unit]) + (Sigmoid(gates[0]) * MathF.Tanh(gates[2]));
                next[unit] = Sigmoid(gates[3]) * MathF.Tanh(cells[unit]);
            }

            hidden = next;
            return next;
        });
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));

    private static float[] Fill(int length, Random random) => [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];
}
