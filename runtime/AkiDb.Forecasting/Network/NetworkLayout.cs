using AkiDb.Forecasting.Simd;

namespace AkiDb.Forecasting.Network;

/// <summary>
/// Where each weight lies in one array of parameters. Sizes are padded to whole panels; the padding starts at zero and its
/// gradient is zero, so it stays zero.
/// </summary>
internal sealed class NetworkLayout
{
    public NetworkLayout(NetworkShape shape)
    {
        Shape = shape;
        var inputs = shape.Inputs;
        // Products have tiles of four rows; the first layer's inputs are the rows of its weights' gradient.
        var paddedInputs = RoundUp(inputs, 4);
        PaddedInputs = paddedInputs;
        var layers = new List<LstmLayout>();
        foreach (var units in shape.LstmUnits)
        {
            var padded = RoundUp(units, MatrixView.PanelColumns);
            layers.Add(new LstmLayout(
                inputs, units, paddedInputs, padded, Allocate(paddedInputs, 4 * padded), Allocate(padded, 4 * padded), AllocateBias(4 * padded)));
            (inputs, paddedInputs) = (units, padded);
        }

        var dense = new List<DenseLayout>();
        foreach (var (units, isRectified) in new[] { (shape.DenseUnits, true), (shape.Outputs, false) }.Where(layer => layer.Item1 > 0))
        {
            var padded = RoundUp(units, MatrixView.PanelColumns);
            dense.Add(new DenseLayout(inputs, units, isRectified, Allocate(paddedInputs, padded), AllocateBias(padded)));
            (inputs, paddedInputs) = (units, padded);
        }

        (Lstm, Dense) = (layers, dense);
    }

    public NetworkShape Shape { get; }

    public IReadOnlyList<LstmLayout> Lstm { get; }

    /// <summary>The rectified layer if there is one, and the output.</summary>
    public IReadOnlyList<DenseLayout> Dense { get; }

    /// <summary>Floats of a step's inputs, with padding.</summary>
    public int PaddedInputs { get; }

    /// <summary>Floats of all parameters, with padding.</summary>
    public int Count { get; private set; }

    /// <summary>Floats of the transposed copies that the backward pass reads.</summary>
    public int TransposedCount { get; private set; }

    /// <summary>Every matrix.</summary>
    public IEnumerable<PanelMatrix> Matrices =>
        [.. Lstm.SelectMany(layer => new[] { layer.InputWeights, layer.HiddenWeights }), .. Dense.Select(layer => layer.Weights)];

    /// <summary>Weights and biases without padding.</summary>
    public int TrainableCount =>
        Lstm.Sum(layer => 4 * layer.Units * (layer.Inputs + layer.Units + 1)) + Dense.Sum(layer => layer.Units * (layer.Inputs + 1));

    private PanelMatrix Allocate(int rows, int columns)
    {
        var matrix = new PanelMatrix(Count, rows, columns, TransposedCount);
        Count += rows * columns;
        TransposedCount += columns * RoundUp(rows, MatrixView.PanelColumns);
        return matrix;
    }

    private int AllocateBias(int columns)
    {
        var offset = Count;
        Count += columns;
        return offset;
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}

/// <summary>A matrix among the parameters, stored by panels, and its transposed copy.</summary>
/// <param name="Offset">Of the first element among the parameters.</param>
/// <param name="Rows">With padding.</param>
/// <param name="Columns">With padding, a multiple of 32.</param>
/// <param name="TransposedOffset">Of the first element among the transposed copies.</param>
internal readonly record struct PanelMatrix(int Offset, int Rows, int Columns, int TransposedOffset)
{
    public unsafe MatrixView View(float* parameters) => MatrixView.ByPanels(parameters + Offset, Rows);

    public unsafe MatrixView Transposed(float* copies) => MatrixView.ByPanels(copies + TransposedOffset, Columns);

    /// <summary>Offset of an element among the parameters.</summary>
    public int IndexOf(int row, int column) =>
        Offset + (column / MatrixView.PanelColumns * Rows * MatrixView.PanelColumns) + (row * MatrixView.PanelColumns) + (column % MatrixView.PanelColumns);

    /// <summary>Writes the transposed copy.</summary>
    public unsafe void Transpose(float* parameters, float* copies)
    {
        const int width = MatrixView.PanelColumns;
        for (var column = 0; column < Columns; column++)
        {
            var from = parameters + Offset + (column / width * Rows * width) + (column % width);
            var to = copies + TransposedOffset + (column * width);
            for (var row = 0; row < Rows; row++)
            {
                to[(row / width * Columns * width) + (row % width)] = from[row * width];
            }
        }
    }
}

/// <summary>An LSTM layer's parameters. Columns are the gates' pre-activations: input, forget, cell, output, a block each.</summary>
internal sealed record LstmLayout(
    int Inputs, int Units, int PaddedInputs, int PaddedUnits, PanelMatrix InputWeights, PanelMatrix HiddenWeights, int Bias)
{
    /// <summary>Column of a gate's unit.</summary>
    public int Column(LstmGate gate, int unit) => ((int)gate * PaddedUnits) + unit;
}

/// <summary>Gates in the order of their blocks.</summary>
internal enum LstmGate
{
    Input,
    Forget,
    Cell,
    Output,
}

/// <summary>A dense layer's parameters.</summary>
internal sealed record DenseLayout(int Inputs, int Units, bool IsRectified, PanelMatrix Weights, int Bias);
