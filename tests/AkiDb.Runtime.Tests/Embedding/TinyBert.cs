using AkiDb.Onnx;

namespace AkiDb.Runtime.Tests.Embedding;

/// <summary>
/// A model of the file format of all-MiniLM-L6-v2 (whose weights cannot be had here): same inputs and outputs, a vocabulary of a
/// few words, and instead of six layers a table of vectors plus a hint of the neighbour, so that padding would be noticed.
/// </summary>
internal static class TinyBert
{
    public const int Dimension = 4;

    public static readonly string[] Vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "hello", "world", "##ly", "other"];

    public static float[] Table { get; } = [.. Enumerable.Range(0, Vocabulary.Length * Dimension).Select(i => MathF.Sin(1 + (i * i)))];

    /// <param name="folder">Where <c>model.onnx</c> and <c>vocab.txt</c> go.</param>
    /// <param name="output">Name of the output: a vector a token, or with <c>sentence_embedding</c> a vector a text.</param>
    /// <param name="isQuantized">True to compute with one quantisation step for a batch, as quantised exports do.</param>
    public static void Write(string folder, string output = "last_hidden_state", bool isQuantized = false)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "vocab.txt"), string.Join('\n', Vocabulary) + "\n");
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), Model(output, isQuantized));
    }

    private static byte[] Model(string output, bool isQuantized)
    {
        var graph = new OnnxGraphBuilder("tiny-bert");
        string ids = graph.Input("input_ids", OnnxElementType.Int64, "batch", "sequence");
        string mask = graph.Input("attention_mask", OnnxElementType.Int64, "batch", "sequence");
        graph.Input("token_type_ids", OnnxElementType.Int64, "batch", "sequence");
        string vectors = graph.Node("Gather", [graph.Constant("table", OnnxTensor.Float(Table, Vocabulary.Length, Dimension)), ids], "vectors");
        if (isQuantized)
        {
            graph.Node("DynamicQuantizeLinear", [vectors], ["codes", "step", "zero"]);
            vectors = graph.Node("DequantizeLinear", ["codes", "step", "zero"], "rough");
        }

        string column = graph.Node("Unsqueeze",
            [graph.Node("Cast", [mask], "mask", OnnxAttribute.Int("to", (long)OnnxElementType.Float)), graph.Constant("last", OnnxTensor.Vector(-1))], "column");
        string one = graph.Constant("one", OnnxTensor.Vector(1));
        string sum = graph.Node("ReduceSum", [graph.Node("Mul", [vectors, column], "masked"), one], "sum", OnnxAttribute.Int("keepdims", 1));
        if (output == "sentence_embedding")
        {
            graph.Output(graph.Node("Squeeze", [sum, one], output), OnnxElementType.Float, "batch", Dimension);
        }
        else
        {
            graph.Output(graph.Node("Add", [vectors, sum], output), OnnxElementType.Float, "batch", "sequence", Dimension);
        }

        return graph.ToModel(new OnnxModelSettings());
    }
}
