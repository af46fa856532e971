namespace AkiDb.Onnx;

/// <summary>What a model file says about itself.</summary>
public sealed record OnnxModelSettings
{
    /// <summary>Version of ONNX's own operators. Default: 17 (ONNX 1.12: LayerNormalization; the newest that Debian 12's checker knows).</summary>
    public int OperatorSet { get; init; } = 17;

    /// <summary>Version of the file format. Default: 8, the one of ONNX 1.12.</summary>
    public int FormatVersion { get; init; } = 8;

    /// <summary>Program that wrote the file. Default: akidb.</summary>
    public string Producer { get; init; } = "akidb";

    /// <summary>What a reader should know, as pairs; written in the order of their keys.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
