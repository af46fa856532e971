using AkiDb.Forecasting.Simd;

namespace AkiDb.Forecasting.Network;

/// <summary>One thread's part of a batch going through the network and back. Not thread-safe.</summary>
internal unsafe interface INetworkShard
{
    /// <summary>Windows that go through at once.</summary>
    int Rows { get; }

    /// <summary>steps × rows × padded inputs; to be filled before <see cref="Forward"/>.</summary>
    PinnedFloats Inputs { get; }

    /// <summary>Floats from one row of <see cref="Outputs"/> to the next.</summary>
    int OutputStep { get; }

    /// <summary>rows × padded outputs.</summary>
    float* Outputs { get; }

    /// <summary>rows × padded outputs; to be filled before <see cref="Backward"/>. Padding stays zero.</summary>
    PinnedFloats OutputGradient { get; }

    /// <summary>Computes the outputs.</summary>
    /// <param name="parameters">All parameters.</param>
    /// <param name="dropoutSeed">Decides which outputs of the layers are dropped; null drops none.</param>
    void Forward(float* parameters, ulong? dropoutSeed);

    /// <summary>Adds the gradient of the parameters.</summary>
    /// <param name="copies">Transposed copies of the parameters that <see cref="Forward"/> was given.</param>
    /// <param name="gradient">Of all parameters.</param>
    void Backward(float* copies, float* gradient);
}
