using AkiDb.Forecasting.Simd;

namespace AkiDb.Forecasting.Network;

/// <summary>A dense layer over a shard of a batch: x·W + b, rectified or not.</summary>
internal sealed unsafe class DenseLayer<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private readonly DenseLayout _layout;
    private readonly int _rows;
    private readonly PinnedFloats _outputs;

    public DenseLayer(DenseLayout layout, int rows)
    {
        (_layout, _rows) = (layout, rows);
        _outputs = new PinnedFloats(rows * layout.Weights.Columns);
        InputGradient = new PinnedFloats(rows * layout.Weights.Rows);
    }

    /// <summary>rows × padded units.</summary>
    public float* Outputs => _outputs.Pointer;

    /// <summary>rows × padded inputs, after <see cref="Backward"/>.</summary>
    public PinnedFloats InputGradient { get; }

    public void Forward(float* inputs, float* parameters)
    {
        var (depth, columns) = (_layout.Weights.Rows, _layout.Weights.Columns);
        MatrixProduct<TSimd, TVector>.Multiply(
            _rows, columns, depth, inputs, depth, 1, _layout.Weights.View(parameters), MatrixView.ByRows(Outputs, columns), accumulate: false);
        var bias = parameters + _layout.Bias;
        for (var row = 0; row < _rows; row++)
        {
            var output = Outputs + (row * columns);
            for (var column = 0; column < columns; column += TSimd.Count)
            {
                var value = TSimd.Add(TSimd.Load(output + column), TSimd.Load(bias + column));
                TSimd.Store(_layout.IsRectified ? TSimd.Max(value, default) : value, output + column);
            }
        }
    }

    /// <summary>Computes the gradients.</summary>
    /// <param name="inputs">As given to <see cref="Forward"/>.</param>
    /// <param name="copies">Transposed copies of the parameters.</param>
    /// <param name="outputGradient">rows × padded units; overwritten where the layer is rectified.</param>
    /// <param name="gradient">Of all parameters; added to.</param>
    public void Backward(float* inputs, float* copies, float* outputGradient, float* gradient)
    {
        var (depth, columns) = (_layout.Weights.Rows, _layout.Weights.Columns);
        var bias = gradient + _layout.Bias;
        for (var at = 0; at < _rows * columns; at++)
        {
            outputGradient[at] = _layout.IsRectified && Outputs[at] <= 0 ? 0 : outputGradient[at];
            bias[at % columns] += outputGradient[at];
        }

        MatrixProduct<TSimd, TVector>.Multiply(
            depth, columns, _rows, inputs, 1, depth, MatrixView.ByRows(outputGradient, columns), _layout.Weights.View(gradient), accumulate: true);
        MatrixProduct<TSimd, TVector>.Multiply(
            _rows, depth, columns, outputGradient, columns, 1,
            _layout.Weights.Transposed(copies), MatrixView.ByRows(InputGradient.Pointer, depth), accumulate: false);
    }
}
