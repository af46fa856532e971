using AkiDb.Forecasting.Simd;

namespace AkiDb.Forecasting.Network;

/// <summary>
/// One LSTM layer over a shard of a batch (Hochreiter and Schmidhuber 1997, with the forget gate of Gers 2000), forward and
/// backward through time. Sequences are stored step by step, each step a matrix of rows × units.
/// </summary>
internal sealed unsafe class LstmLayer<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    // Four steps at once: long enough to keep the product's tiles busy, short enough that gates stay in the second-level cache.
    private const int StepsAtOnce = 4;
    private readonly LstmLayout _layout;
    private readonly int _rows;
    private readonly int _steps;
    private readonly int _units;
    private readonly PinnedFloats _gates;
    private readonly PinnedFloats _cells;
    private readonly PinnedFloats _cellTanh;
    private readonly PinnedFloats _hidden;
    private readonly PinnedFloats _hiddenGradient;
    private readonly PinnedFloats _cellGradient;

    public LstmLayer(LstmLayout layout, int rows, int steps)
    {
        (_layout, _rows, _steps, _units) = (layout, rows, steps, layout.PaddedUnits);
        var step = rows * _units;
        _gates = new PinnedFloats(steps * step * 4);
        // One step more: the zeros before the first step.
        _cells = new PinnedFloats((steps + 1) * step);
        _hidden = new PinnedFloats((steps + 1) * step);
        _cellTanh = new PinnedFloats(steps * step);
        _hiddenGradient = new PinnedFloats(step);
        _cellGradient = new PinnedFloats(step);
    }

    /// <summary>Outputs of all steps.</summary>
    public float* Outputs => _hidden.Pointer + (_rows * _units);

    /// <summary>Outputs of the last step.</summary>
    public float* LastOutput => _hidden.Pointer + (_steps * _rows * _units);

    /// <summary>Computes the outputs of all steps.</summary>
    /// <param name="inputs">steps × rows × padded inputs.</param>
    /// <param name="parameters">All parameters.</param>
    public void Forward(float* inputs, float* parameters)
    {
        var columns = 4 * _units;
        for (var step = 0; step < _steps; step++)
        {
            var gates = _gates.Pointer + (step * _rows * columns);
            if (step % StepsAtOnce == 0)
            {
                var rows = Math.Min(StepsAtOnce, _steps - step) * _rows;
                MatrixProduct<TSimd, TVector>.Multiply(
                    rows, columns, _layout.PaddedInputs, inputs + (step * _rows * _layout.PaddedInputs), _layout.PaddedInputs, 1,
                    _layout.InputWeights.View(parameters), MatrixView.ByRows(gates, columns), accumulate: false);
            }

            if (step > 0)
            {
                MatrixProduct<TSimd, TVector>.Multiply(
                    _rows, columns, _units, _hidden.Pointer + (step * _rows * _units), _units, 1,
                    _layout.HiddenWeights.View(parameters), MatrixView.ByRows(gates, columns), accumulate: true);
            }

            Activate(step, gates, parameters + _layout.Bias);
        }
    }

    /// <summary>Computes the gradients; overwrites what <see cref="Forward"/> left.</summary>
    /// <param name="inputs">As given to <see cref="Forward"/>.</param>
    /// <param name="copies">Transposed copies of the parameters.</param>
    /// <param name="outputGradient">Of all steps' outputs, or of the last one's alone.</param>
    /// <param name="isOfLastStep">Whether <paramref name="outputGradient"/> is of the last step alone.</param>
    /// <param name="gradient">Of all parameters; added to.</param>
    /// <param name="inputGradient">Receives steps × rows × padded inputs; null where nobody needs it.</param>
    public void Backward(
        float* inputs, float* copies, float* outputGradient, bool isOfLastStep, float* gradient, float* inputGradient)
    {
        var columns = 4 * _units;
        var size = _rows * _units;
        _hiddenGradient.Span.Clear();
        _cellGradient.Span.Clear();
        for (var step = _steps - 1; step >= 0; step--)
        {
            var gates = _gates.Pointer + (step * _rows * columns);
            var arriving = !isOfLastStep ? outputGradient + (step * size) : step == _steps - 1 ? outputGradient : null;
            Differentiate(step, gates, arriving, gradient + _layout.Bias);
            if (step > 0)
            {
                MatrixProduct<TSimd, TVector>.Multiply(
                    _rows, _units, columns, gates, columns, 1,
                    _layout.HiddenWeights.Transposed(copies), MatrixView.ByRows(_hiddenGradient.Pointer, _units), accumulate: false);
            }

            if (step % StepsAtOnce == 0)
            {
                var rows = Math.Min(StepsAtOnce, _steps - step) * _rows;
                var gateGradient = MatrixView.ByRows(gates, columns);
                MatrixProduct<TSimd, TVector>.Multiply(
                    _units, columns, rows, _hidden.Pointer + (step * size), 1, _units,
                    gateGradient, _layout.HiddenWeights.View(gradient), accumulate: true);
                MatrixProduct<TSimd, TVector>.Multiply(
                    _layout.PaddedInputs, columns, rows, inputs + (step * _rows * _layout.PaddedInputs), 1, _layout.PaddedInputs,
                    gateGradient, _layout.InputWeights.View(gradient), accumulate: true);
                if (inputGradient is not null)
                {
                    MatrixProduct<TSimd, TVector>.Multiply(
                        rows, _layout.PaddedInputs, columns, gates, columns, 1, _layout.InputWeights.Transposed(copies),
                        MatrixView.ByRows(inputGradient + (step * _rows * _layout.PaddedInputs), _layout.PaddedInputs), accumulate: false);
                }
            }
        }
    }

    private void Activate(int step, float* gates, float* bias)
    {
        var size = _rows * _units;
        var previousCells = _cells.Pointer + (step * size);
        var cells = previousCells + size;
        var cellTanh = _cellTanh.Pointer + (step * size);
        var hidden = _hidden.Pointer + ((step + 1) * size);
        for (var unit = 0; unit < _units; unit += TSimd.Count)
        {
            var biasI = TSimd.Load(bias + unit);
            var biasF = TSimd.Load(bias + _units + unit);
            var biasG = TSimd.Load(bias + (2 * _units) + unit);
            var biasO = TSimd.Load(bias + (3 * _units) + unit);
            var gate = gates + unit;
            for (var at = unit; at < size; at += _units)
            {
                var i = Activation<TSimd, TVector>.Sigmoid(TSimd.Add(TSimd.Load(gate), biasI));
                var f = Activation<TSimd, TVector>.Sigmoid(TSimd.Add(TSimd.Load(gate + _units), biasF));
                var g = Activation<TSimd, TVector>.Tanh(TSimd.Add(TSimd.Load(gate + (2 * _units)), biasG));
                var o = Activation<TSimd, TVector>.Sigmoid(TSimd.Add(TSimd.Load(gate + (3 * _units)), biasO));
                var c = TSimd.MultiplyAdd(f, TSimd.Load(previousCells + at), TSimd.Multiply(i, g));
                var t = Activation<TSimd, TVector>.Tanh(c);
                TSimd.Store(i, gate);
                TSimd.Store(f, gate + _units);
                TSimd.Store(g, gate + (2 * _units));
                TSimd.Store(o, gate + (3 * _units));
                TSimd.Store(c, cells + at);
                TSimd.Store(t, cellTanh + at);
                TSimd.Store(TSimd.Multiply(o, t), hidden + at);
                gate += 4 * _units;
            }
        }
    }

    // Replaces the gates by the gradient of their pre-activations.
    private void Differentiate(int step, float* gates, float* arriving, float* biasGradient)
    {
        var size = _rows * _units;
        var previousCells = _cells.Pointer + (step * size);
        var cellTanh = _cellTanh.Pointer + (step * size);
        var one = TSimd.Broadcast(1);
        for (var unit = 0; unit < _units; unit += TSimd.Count)
        {
            TVector sumI = default, sumF = default, sumG = default, sumO = default;
            var gate = gates + unit;
            for (var at = unit; at < size; at += _units)
            {
                var i = TSimd.Load(gate);
                var f = TSimd.Load(gate + _units);
                var g = TSimd.Load(gate + (2 * _units));
                var o = TSimd.Load(gate + (3 * _units));
                var t = TSimd.Load(cellTanh + at);
                var dh = TSimd.Load(_hiddenGradient.Pointer + at);
                dh = arriving is null ? dh : TSimd.Add(dh, TSimd.Load(arriving + at));
                var slope = TSimd.Multiply(o, TSimd.Subtract(one, TSimd.Multiply(t, t)));
                var dc = TSimd.MultiplyAdd(dh, slope, TSimd.Load(_cellGradient.Pointer + at));
                var dI = TSimd.Multiply(TSimd.Multiply(dc, g), TSimd.Multiply(i, TSimd.Subtract(one, i)));
                var dF = TSimd.Multiply(TSimd.Multiply(dc, TSimd.Load(previousCells + at)), TSimd.Multiply(f, TSimd.Subtract(one, f)));
                var dG = TSimd.Multiply(TSimd.Multiply(dc, i), TSimd.Subtract(one, TSimd.Multiply(g, g)));
                var dO = TSimd.Multiply(TSimd.Multiply(dh, t), TSimd.Multiply(o, TSimd.Subtract(one, o)));
                TSimd.Store(TSimd.Multiply(dc, f), _cellGradient.Pointer + at);
                TSimd.Store(dI, gate);
                TSimd.Store(dF, gate + _units);
                TSimd.Store(dG, gate + (2 * _units));
                TSimd.Store(dO, gate + (3 * _units));
                sumI = TSimd.Add(sumI, dI);
                sumF = TSimd.Add(sumF, dF);
                sumG = TSimd.Add(sumG, dG);
                sumO = TSimd.Add(sumO, dO);
                gate += 4 * _units;
            }

            Accumulate(biasGradient + unit, sumI);
            Accumulate(biasGradient + _units + unit, sumF);
            Accumulate(biasGradient + (2 * _units) + unit, sumG);
            Accumulate(biasGradient + (3 * _units) + unit, sumO);
        }
    }

    private static void Accumulate(float* at, TVector value) => TSimd.Store(TSimd.Add(TSimd.Load(at), value), at);
}
