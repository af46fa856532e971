namespace AkiDb.Onnx;

/// <summary>One operator of a graph.</summary>
internal sealed record OnnxNode(string Domain, string Operation, string[] Inputs, string[] Outputs, OnnxAttribute[] Attributes);
