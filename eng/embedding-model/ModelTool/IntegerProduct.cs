using AkiDb.Onnx;

namespace AkiDb.ModelTool;

/// <summary>
/// Eight-bit integers: a weight in steps of its column's largest / 127, an activation in steps of its row's largest / 127, found
/// anew for each row. Rows on their own steps keep a text's vector independent of the texts that share its batch, which ONNX
/// Runtime's own dynamic quantisation (one step a tensor) does not.
/// </summary>
internal sealed class IntegerProduct : IMatrixProduct
{
    private const int Levels = sbyte.MaxValue;

    public string NameSuffix => "-int8";

    public string Add(OnnxGraphBuilder graph, string name, string x, float[] weights, int rows, float[] bias)
    {
        string step = RowStep(graph, name, x);
        string one = graph.Constant($"{name}/one", OnnxTensor.Scalar(1f));
        string middle = graph.Constant($"{name}/middle", OnnxTensor.UInt8([128]));
        string steps = graph.Node("Div", [x, step], $"{name}/steps");
        string codes = graph.Node("QuantizeLinear", [steps, one, middle], $"{name}/codes");

        (sbyte[] columns, float[] columnSteps) = Quantize(weights, rows, bias.Length);
        string product = graph.Node("com.microsoft::MatMulIntegerToFloat",
        [
            codes, graph.Constant($"{name}/weights", OnnxTensor.Int8(columns, rows, bias.Length)),
            one, graph.Constant($"{name}/weight_steps", OnnxTensor.Float(columnSteps, bias.Length)),
            middle, graph.Constant($"{name}/weight_middles", OnnxTensor.Int8(new sbyte[bias.Length], bias.Length)),
        ], $"{name}/product");
        string scaled = graph.Node("Mul", [product, step], $"{name}/scaled");
        return graph.Node("Add", [scaled, graph.Constant($"{name}/bias", OnnxTensor.Float(bias, bias.Length))], name);
    }

    private static string RowStep(OnnxGraphBuilder graph, string name, string x)
    {
        string largest = graph.Node("ReduceMax", [graph.Node("Abs", [x], $"{name}/size")], $"{name}/largest",
            OnnxAttribute.Ints("axes", -1), OnnxAttribute.Int("keepdims", 1));
        // A row of zeros must not divide by zero.
        string positive = graph.Node("Max", [largest, graph.Constant($"{name}/smallest", OnnxTensor.Scalar(1e-9f))], $"{name}/positive");
        return graph.Node("Mul", [positive, graph.Constant($"{name}/level", OnnxTensor.Scalar(1f / Levels))], $"{name}/step");
    }

    private static (sbyte[] Codes, float[] Steps) Quantize(float[] weights, int rows, int columns)
    {
        var codes = new sbyte[weights.Length];
        var steps = new float[columns];
        for (int column = 0; column < columns; column++)
        {
            float largest = 0;
            for (int row = 0; row < rows; row++)
            {
                largest = Math.Max(largest, Math.Abs(weights[(row * columns) + column]));
            }

            steps[column] = largest > 0 ? largest / Levels : 1;
            for (int row = 0; row < rows; row++)
            {
                codes[(row * columns) + column] = (sbyte)MathF.Round(weights[(row * columns) + column] / steps[column]);
            }
        }

        return (codes, steps);
    }
}
