using AkiDb.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace AkiDb.Runtime.Tests.Onnx;

/// <summary>Files of the writer, read by ONNX Runtime itself.</summary>
public sealed class OnnxGraphBuilderTests
{
    [Fact]
    public void Model_OfMatrixProductAndBias_RunsInOnnxRuntime()
    {
        var graph = new OnnxGraphBuilder("affine");
        string x = graph.Input("x", OnnxElementType.Float, "batch", 2);
        string w = graph.Constant("w", OnnxTensor.Float([1, 2, 3, 4, 5, 6], 2, 3));
        string b = graph.Constant("b", OnnxTensor.Float([10, 20, 30], 3));
        graph.Output(graph.Node("Gemm", [x, w, b], "y"), OnnxElementType.Float, "batch", 3);

        Run(graph, "y", ("x", [1f, 1f, 2f, 0f], [2, 2])).Should().Equal(15, 27, 39, 12, 24, 36);
    }

    [Fact]
    public void Model_OfEveryKindOfAttribute_RunsInOnnxRuntime()
    {
        var graph = new OnnxGraphBuilder("attributes");
        string x = graph.Input("x", OnnxElementType.Float, "length", 1, 3);
        // Two-way LSTM of one unit: a string list, an int and a string; all weights 0, so the state is o·tanh(c) = 0.5·0 = 0.
        string w = graph.Constant("w", OnnxTensor.Float(new float[24], 2, 4, 3));
        string r = graph.Constant("r", OnnxTensor.Float(new float[8], 2, 4, 1));
        graph.Node("LSTM", [x, w, r], ["", "state"], OnnxAttribute.Int("hidden_size", 1), OnnxAttribute.String("direction", "bidirectional"),
            OnnxAttribute.Strings("activations", "Sigmoid", "Tanh", "Tanh", "Sigmoid", "Tanh", "Tanh"));
        string transposed = graph.Node("Transpose", ["state"], "transposed", OnnxAttribute.Ints("perm", 2, 1, 0));
        string flat = graph.Node("Reshape", [transposed, graph.Constant("shape", OnnxTensor.Vector(-1))], "flat");
        string ten = graph.Node("Constant", [], "ten", OnnxAttribute.Tensor("value", OnnxTensor.Scalar(10f)));
        string three = graph.Node("Constant", [], "three", OnnxAttribute.Floats("value_floats", 3, 0.5f));
        string sum = graph.Node("Add", [graph.Node("Add", [flat, ten], "sum"), three], "total");
        graph.Output(graph.Node("LeakyRelu", [graph.Node("Neg", [sum], "negative")], "y", OnnxAttribute.Float("alpha", 0.5f)),
            OnnxElementType.Float, "n");

        Run(graph, "y", ("x", new float[12], [4, 1, 3])).Should().Equal(-6.5f, -5.25f);
    }

    [Fact]
    public void Model_OfIntegerWeights_RunsInOnnxRuntime()
    {
        var graph = new OnnxGraphBuilder("integers");
        string x = graph.Input("x", OnnxElementType.Float, 1, 2);
        string quantized = graph.Node("QuantizeLinear",
            [x, graph.Constant("scale", OnnxTensor.Scalar(0.5f)), graph.Constant("zero", OnnxTensor.UInt8([128]))], "quantized");
        string product = graph.Node("MatMulInteger",
            [quantized, graph.Constant("w", OnnxTensor.Int8([1, -1, 2, -2], 2, 2)), "zero"], "product");
        string shifted = graph.Node("Add", [product, graph.Constant("offset", OnnxTensor.Int32([1000], 1))], "shifted");
        graph.Output(graph.Node("Cast", [shifted], "y", OnnxAttribute.Int("to", (long)OnnxElementType.Float)), OnnxElementType.Float, 1, 2);

        Run(graph, "y", ("x", [1f, 3f], [1, 2])).Should().Equal(1014, 986);
    }

    [Fact]
    public void Model_WithOperatorOutsideOnnx_NamesItsDomain()
    {
        var graph = new OnnxGraphBuilder("contributed");
        string x = graph.Input("x", OnnxElementType.Float, 1, 2);
        graph.Output(graph.Node("com.microsoft::FusedMatMul", [x, x], "y", OnnxAttribute.Int("transB", 1)), OnnxElementType.Float, 1, 1);

        Run(graph, "y", ("x", [3f, 4f], [1, 2])).Should().Equal(25);
    }

    [Fact]
    public void ToModel_CalledTwice_GivesTheSameBytesWithSortedMetadata()
    {
        byte[] first = Identity().ToModel(new OnnxModelSettings { Metadata = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" } });
        byte[] second = Identity().ToModel(new OnnxModelSettings { Metadata = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" } });

        second.Should().Equal(first);
        using var session = new InferenceSession(first);
        session.ModelMetadata.CustomMetadataMap.Should().Equal(new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" });
    }

    [Fact]
    public void Node_WithUnknownInput_NamesOperatorAndInput()
    {
        var graph = new OnnxGraphBuilder("g");

        graph.Invoking(g => g.Node("Relu", ["ghost"], "y")).Should().Throw<ArgumentException>().WithMessage("Relu takes 'ghost'*");
    }

    [Fact]
    public void Constant_WithTakenName_NamesIt()
    {
        var graph = new OnnxGraphBuilder("g");
        graph.Constant("w", OnnxTensor.Scalar(1f));

        graph.Invoking(g => g.Constant("w", OnnxTensor.Scalar(2L))).Should().Throw<ArgumentException>().WithMessage("*already has a value 'w'*");
    }

    [Fact]
    public void Tensor_WithTooFewElements_NamesShapeAndCounts()
    {
        FluentActions.Invoking(() => OnnxTensor.Float([1, 2, 3], 2, 2)).Should().Throw<ArgumentException>()
            .WithMessage("A tensor of shape [2, 2] has 4 elements, not 3.*");
    }

    private static OnnxGraphBuilder Identity()
    {
        var graph = new OnnxGraphBuilder("identity");
        string x = graph.Input("x", OnnxElementType.Float, "n");
        graph.Output(graph.Node("Identity", [x], "y"), OnnxElementType.Float, "n");
        return graph;
    }

    private static float[] Run(OnnxGraphBuilder graph, string output, (string Name, float[] Values, long[] Shape) input)
    {
        using var session = new InferenceSession(graph.ToModel(new OnnxModelSettings()));
        using var tensor = OrtValue.CreateTensorValueFromMemory(input.Values, input.Shape);
        using var run = new RunOptions();
        using var results = session.Run(run, [input.Name], [tensor], [output]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
