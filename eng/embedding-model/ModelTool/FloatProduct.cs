using AkiDb.Onnx;

namespace AkiDb.ModelTool;

/// <summary>The weights as they were trained.</summary>
internal sealed class FloatProduct : IMatrixProduct
{
    public string NameSuffix => "";

    public string Add(OnnxGraphBuilder graph, string name, string x, float[] weights, int rows, float[] bias)
    {
        string w = graph.Constant($"{name}/weights", OnnxTensor.Float(weights, rows, bias.Length));
        string product = graph.Node("MatMul", [x, w], $"{name}/product");
        return graph.Node("Add", [product, graph.Constant($"{name}/bias", OnnxTensor.Float(bias, bias.Length))], name);
    }
}
