using AkiDb.Forecasting.Network;
using AkiDb.Forecasting.Simd;
using AkiDb.Forecasting.Training;

namespace AkiDb.Runtime.Tests.Forecasting;

public sealed unsafe class NetworkTests
{
    private const int Rows = 12;
    private readonly Random _random = new(3);

    /// <summary>Every width that this processor has; the CI machine decides whether 512 bits are among them.</summary>
    public static TheoryData<FloatLanes> Lanes =>
        [.. Enum.GetValues<FloatLanes>().Where(lanes => lanes != FloatLanes.Widest && lanes <= FloatLanesDetection.Detected)];

    [Theory]
    [MemberData(nameof(Lanes))]
    public void Gradient_AllLayers_IsTheFiniteDifferenceOfAnIndependentNetwork(FloatLanes lanes)
    {
        var shape = new NetworkShape { Inputs = 3, Steps = 6, LstmUnits = [5, 4], DenseUnits = 3, Outputs = 2 };
        var layout = new NetworkLayout(shape);
        var shard = NetworkShard.Create(layout, Rows, lanes);
        var parameters = Parameters(layout);
        var inputs = FillInputs(shard, layout);
        var wanted = FillOutputGradient(shard, shape.Outputs);

        var gradient = Differentiate(shard, layout, parameters, dropoutSeed: null);

        var reference = new ReferenceNetwork(layout);
        var exact = Array.ConvertAll(parameters, value => (double)value);
        for (var row = 0; row < Rows; row++)
        {
            reference.Forward(exact, inputs[row]).Should().Equal(
                new Span<float>(shard.Outputs + (row * shard.OutputStep), shape.Outputs).ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
        }

        var checkedCount = 0;
        for (var i = 0; i < exact.Length; i++)
        {
            // Padding is zero, and so is its gradient.
            if (parameters[i] == 0)
            {
                gradient[i].Should().Be(0);
                continue;
            }

            var value = exact[i];
            exact[i] = value + 1e-5;
            var above = Loss();
            exact[i] = value - 1e-5;
            var below = Loss();
            exact[i] = value;
            gradient[i].Should().BeApproximately((float)((above - below) / 2e-5), 2e-5f, "parameter {0}", i);
            checkedCount++;
        }

        checkedCount.Should().Be(layout.TrainableCount);

        double Loss() => inputs.Select((window, row) => reference.Forward(exact, window).Zip(wanted[row], (a, b) => a * b).Sum()).Sum();
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public void Gradient_WithDropout_IsTheFiniteDifferenceUnderTheSameMask(FloatLanes lanes)
    {
        var shape = new NetworkShape { Inputs = 2, Steps = 4, LstmUnits = [6, 3], Dropout = 0.4, Outputs = 2 };
        var layout = new NetworkLayout(shape);
        var shard = NetworkShard.Create(layout, Rows, lanes);
        var parameters = Parameters(layout);
        FillInputs(shard, layout);
        var wanted = FillOutputGradient(shard, shape.Outputs);

        var gradient = Differentiate(shard, layout, parameters, dropoutSeed: 5);

        for (var i = 0; i < parameters.Length; i += 3)
        {
            if (parameters[i] != 0)
            {
                var difference = (Loss(i, 0.01f) - Loss(i, -0.01f)) / 0.02;
                gradient[i].Should().BeApproximately((float)difference, 2e-3f, "parameter {0}", i);
            }
        }

        double Loss(int changed, float by)
        {
            var copy = new PinnedFloats(parameters.Length);
            parameters.CopyTo(copy.Span);
            copy.Span[changed] += by;
            shard.Forward(copy.Pointer, dropoutSeed: 5);
            return wanted.Select((row, r) => row.Select((w, i) => (double)w * shard.Outputs[(r * shard.OutputStep) + i]).Sum()).Sum();
        }
    }

    [Fact]
    public void Forward_WithoutSeed_DropsNothing()
    {
        var layout = new NetworkLayout(new NetworkShape { Inputs = 2, Steps = 4, LstmUnits = [6], Dropout = 0.5, Outputs = 2 });
        var shard = NetworkShard.Create(layout, Rows, FloatLanes.Widest);
        var parameters = new PinnedFloats(layout.Count);
        Parameters(layout).CopyTo(parameters.Span);
        FillInputs(shard, layout);

        shard.Forward(parameters.Pointer, dropoutSeed: 9);
        var dropped = new Span<float>(shard.Outputs, Rows * shard.OutputStep).ToArray();
        shard.Forward(parameters.Pointer, dropoutSeed: null);
        var first = new Span<float>(shard.Outputs, Rows * shard.OutputStep).ToArray();
        shard.Forward(parameters.Pointer, dropoutSeed: null);

        new Span<float>(shard.Outputs, Rows * shard.OutputStep).ToArray().Should().Equal(first).And.NotEqual(dropped);
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public void Product_AnyLayout_IsThePlainSum(FloatLanes lanes)
    {
        foreach (var (rows, columns, depth) in new[] { (4, 32, 1), (12, 64, 7), (20, 32, 33), (8, 96, 5) })
        {
            var a = Fill(rows * depth);
            var b = Fill(depth * columns);
            var byRows = Fill(rows * columns);
            var expected = byRows.Span.ToArray();
            var byPanels = new PinnedFloats(rows * columns);
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    expected[(row * columns) + column] += Enumerable.Range(0, depth)
                        .Sum(k => a.Pointer[(k * rows) + row] * b.Pointer[(column / 32 * depth * 32) + (k * 32) + (column % 32)]);
                }
            }

            // A is stored transposed, B by panels; C once by rows and added to, once by panels.
            Multiply(lanes, rows, columns, depth, a.Pointer, 1, rows, MatrixView.ByPanels(b.Pointer, depth), MatrixView.ByRows(byRows.Pointer, columns), true);
            Multiply(lanes, rows, columns, depth, a.Pointer, 1, rows, MatrixView.ByPanels(b.Pointer, depth), MatrixView.ByPanels(byPanels.Pointer, rows), false);

            byRows.Span.ToArray().Should().Equal(expected, (x, y) => Math.Abs(x - y) < 1e-4);
        }
    }

    [Fact]
    public void Layout_Shapes_CountsEveryWeight()
    {
        var specification = new NetworkLayout(TrainingOptions.Specification.Shape);
        var inputs = TrainingWindows.InputsPerStep;

        specification.TrainableCount.Should().Be(
            (4 * 128 * (inputs + 128 + 1)) + (4 * 64 * (128 + 64 + 1)) + (4 * 32 * (64 + 32 + 1)) + (16 * 33) + (15 * 17));
    }

    [Fact]
    public void Loss_HuberAndSquared_AreTheFormulas()
    {
        Span<float> gradient = stackalloc float[2];

        Loss.Differentiate([1.1f, 4], [1, 1], delta: 0.5f, weight: 2, gradient).Should().BeApproximately(2 * (0.005 + (0.5 * 2.75)), 1e-6);
        gradient.ToArray().Should().Equal([0.2f, 1], (a, b) => Math.Abs(a - b) < 1e-6);
        Loss.Differentiate([1.1f, 4], [1, 1], delta: null, weight: 2, gradient).Should().BeApproximately(2 * (0.005 + 4.5), 1e-6);
        gradient.ToArray().Should().Equal([0.2f, 6], (a, b) => Math.Abs(a - b) < 1e-6);
    }

    private static void Multiply(
        FloatLanes lanes, int rows, int columns, int depth, float* a, nint aRow, nint aColumn, MatrixView b, MatrixView c, bool accumulate)
    {
        switch (lanes)
        {
            case FloatLanes.Sixteen:
                MatrixProduct<Simd512, System.Runtime.Intrinsics.Vector512<float>>.Multiply(rows, columns, depth, a, aRow, aColumn, b, c, accumulate);
                break;
            case FloatLanes.Eight:
                MatrixProduct<Simd256, System.Runtime.Intrinsics.Vector256<float>>.Multiply(rows, columns, depth, a, aRow, aColumn, b, c, accumulate);
                break;
            default:
                MatrixProduct<Simd128, System.Runtime.Intrinsics.Vector128<float>>.Multiply(rows, columns, depth, a, aRow, aColumn, b, c, accumulate);
                break;
        }
    }

    private static float[] Differentiate(INetworkShard shard, NetworkLayout layout, float[] parameters, ulong? dropoutSeed)
    {
        var pinned = new PinnedFloats(layout.Count);
        parameters.CopyTo(pinned.Span);
        var copies = new PinnedFloats(layout.TransposedCount);
        foreach (var matrix in layout.Matrices)
        {
            matrix.Transpose(pinned.Pointer, copies.Pointer);
        }

        var gradient = new PinnedFloats(layout.Count);
        shard.Forward(pinned.Pointer, dropoutSeed);
        shard.Backward(copies.Pointer, gradient.Pointer);
        // The outputs are read after this: the backward pass must not be what they are.
        shard.Forward(pinned.Pointer, dropoutSeed);
        return gradient.Span.ToArray();
    }

    private float[] Parameters(NetworkLayout layout)
    {
        var parameters = new float[layout.Count];
        InitialWeights.Fill(layout, parameters, seed: 7);
        // Biases too, so that nothing is zero but padding.
        foreach (var layer in layout.Lstm)
        {
            foreach (var gate in Enum.GetValues<LstmGate>())
            {
                Bias(layer.Bias + layer.Column(gate, 0), layer.Units);
            }
        }

        foreach (var layer in layout.Dense)
        {
            Bias(layer.Bias, layer.Units);
        }

        return parameters;

        void Bias(int at, int count)
        {
            for (var i = at; i < at + count; i++)
            {
                parameters[i] += 0.3f + (0.2f * _random.NextSingle());
            }
        }
    }

    private double[][][] FillInputs(INetworkShard shard, NetworkLayout layout)
    {
        var (shape, padded) = (layout.Shape, layout.PaddedInputs);
        var windows = new double[Rows][][];
        for (var row = 0; row < Rows; row++)
        {
            windows[row] = new double[shape.Steps][];
            for (var step = 0; step < shape.Steps; step++)
            {
                windows[row][step] = new double[shape.Inputs];
                for (var i = 0; i < shape.Inputs; i++)
                {
                    var value = (2 * _random.NextSingle()) - 1;
                    windows[row][step][i] = value;
                    shard.Inputs.Span[(((step * Rows) + row) * padded) + i] = value;
                }
            }
        }

        return windows;
    }

    private double[][] FillOutputGradient(INetworkShard shard, int outputs)
    {
        var gradient = new double[Rows][];
        for (var row = 0; row < Rows; row++)
        {
            gradient[row] = new double[outputs];
            for (var i = 0; i < outputs; i++)
            {
                var value = (2 * _random.NextSingle()) - 1;
                gradient[row][i] = value;
                shard.OutputGradient.Span[(row * shard.OutputStep) + i] = value;
            }
        }

        return gradient;
    }

    private PinnedFloats Fill(int length)
    {
        var floats = new PinnedFloats(length);
        foreach (ref var value in floats.Span)
        {
            value = (2 * _random.NextSingle()) - 1;
        }

        return floats;
    }
}
