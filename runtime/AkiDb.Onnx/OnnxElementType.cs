namespace AkiDb.Onnx;

/// <summary>Element types of tensors, with the numbers that ONNX gives them (<c>TensorProto.DataType</c>, onnx.proto of ONNX 1.17).</summary>
public enum OnnxElementType
{
    Float = 1,
    UInt8 = 2,
    Int8 = 3,
    Int32 = 6,
    Int64 = 7,
    Bool = 9,
    Float16 = 10,
    Double = 11,
}
