using AkiDb.Forecasting.Simd;

namespace AkiDb.Forecasting.Network;

/// <summary>Makes shards for the processor's registers.</summary>
internal static class NetworkShard
{
    public static INetworkShard Create(NetworkLayout layout, int rows, FloatLanes lanes) => lanes.Resolve() switch
    {
        FloatLanes.Sixteen => new NetworkShard<Simd512, System.Runtime.Intrinsics.Vector512<float>>(layout, rows),
        FloatLanes.Eight => new NetworkShard<Simd256, System.Runtime.Intrinsics.Vector256<float>>(layout, rows),
        _ => new NetworkShard<Simd128, System.Runtime.Intrinsics.Vector128<float>>(layout, rows),
    };
}

/// <summary>All layers over a shard of a batch.</summary>
internal sealed unsafe class NetworkShard<TSimd, TVector> : INetworkShard
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private readonly NetworkLayout _layout;
    private readonly LstmLayer<TSimd, TVector>[] _lstm;
    private readonly DenseLayer<TSimd, TVector>[] _dense;
    private readonly DropoutMask[] _masks;
    private readonly PinnedFloats[] _gradients;
    private bool _isDropping;

    public NetworkShard(NetworkLayout layout, int rows)
    {
        var (shape, last) = (layout.Shape, layout.Lstm.Count - 1);
        (_layout, Rows) = (layout, rows);
        Inputs = new PinnedFloats(shape.Steps * rows * layout.PaddedInputs);
        _lstm = [.. layout.Lstm.Select(layer => new LstmLayer<TSimd, TVector>(layer, rows, shape.Steps))];
        _dense = [.. layout.Dense.Select(layer => new DenseLayer<TSimd, TVector>(layer, rows))];
        OutputStep = layout.Dense[^1].Weights.Columns;
        OutputGradient = new PinnedFloats(rows * OutputStep);
        // All steps of a layer feed the next one; only the last step of the last layer is read.
        _masks = [.. layout.Lstm.Select((layer, i) => new DropoutMask((i < last ? shape.Steps : 1) * rows * layer.PaddedUnits, shape.Dropout))];
        _gradients = [.. layout.Lstm.SkipLast(1).Select(layer => new PinnedFloats(shape.Steps * rows * layer.PaddedUnits))];
    }

    public int Rows { get; }

    public PinnedFloats Inputs { get; }

    public int OutputStep { get; }

    public float* Outputs => _dense[^1].Outputs;

    public PinnedFloats OutputGradient { get; }

    public void Forward(float* parameters, ulong? dropoutSeed)
    {
        _isDropping = dropoutSeed is not null && _layout.Shape.Dropout > 0;
        var values = Inputs.Pointer;
        for (var i = 0; i < _lstm.Length; i++)
        {
            _lstm[i].Forward(values, parameters);
            values = i < _lstm.Length - 1 ? _lstm[i].Outputs : _lstm[i].LastOutput;
            if (_isDropping)
            {
                values = _masks[i].Draw(values, dropoutSeed!.Value + (ulong)i);
            }
        }

        foreach (var layer in _dense)
        {
            layer.Forward(values, parameters);
            values = layer.Outputs;
        }
    }

    public void Backward(float* copies, float* gradient)
    {
        var arriving = OutputGradient.Pointer;
        for (var i = _dense.Length - 1; i >= 0; i--)
        {
            _dense[i].Backward(i > 0 ? _dense[i - 1].Outputs : Kept(_lstm.Length - 1), copies, arriving, gradient);
            arriving = _dense[i].InputGradient.Pointer;
        }

        for (var i = _lstm.Length - 1; i >= 0; i--)
        {
            if (_isDropping)
            {
                _masks[i].Apply(arriving);
            }

            var inputs = i > 0 ? Kept(i - 1) : Inputs.Pointer;
            var toInputs = i > 0 ? _gradients[i - 1].Pointer : null;
            _lstm[i].Backward(inputs, copies, arriving, i == _lstm.Length - 1, gradient, toInputs);
            arriving = toInputs;
        }
    }

    // What the layer after an LSTM layer read.
    private float* Kept(int layer) =>
        _isDropping ? _masks[layer].Kept : layer < _lstm.Length - 1 ? _lstm[layer].Outputs : _lstm[layer].LastOutput;
}
