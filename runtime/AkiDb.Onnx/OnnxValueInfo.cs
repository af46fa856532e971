namespace AkiDb.Onnx;

/// <summary>Name, type and shape of an input or output.</summary>
internal sealed record OnnxValueInfo(string Name, OnnxElementType Type, OnnxDimension[] Shape);
