namespace AkiDb.Onnx;

/// <summary>
/// Builds a graph in the order in which it runs. Every method that makes a value returns its name, which later nodes take as
/// input. The bytes depend only on the calls: the same calls give the same file on every machine.
/// </summary>
/// <example><code>
/// var graph = new OnnxGraphBuilder("affine");
/// string x = graph.Input("x", OnnxElementType.Float, "batch", 3);
/// string w = graph.Constant("w", OnnxTensor.Float(weights, 3, 2));
/// string b = graph.Constant("b", OnnxTensor.Float(bias, 2));
/// graph.Output(graph.Node("Gemm", [x, w, b], "y"), OnnxElementType.Float, "batch", 2);
/// byte[] file = graph.ToModel(new OnnxModelSettings());
/// </code></example>
public sealed class OnnxGraphBuilder
{
    private readonly HashSet<string> _values = [];
    private readonly SortedSet<string> _domains = new(StringComparer.Ordinal);

    /// <param name="name">Name of the graph, as tools show it.</param>
    public OnnxGraphBuilder(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    public string Name { get; }

    internal List<OnnxValueInfo> Inputs { get; } = [];

    internal List<OnnxValueInfo> Outputs { get; } = [];

    internal List<(string Name, OnnxTensor Tensor)> Constants { get; } = [];

    internal List<OnnxNode> Operations { get; } = [];

    /// <summary>Operator domains that the nodes use, besides ONNX's own (which is the empty name).</summary>
    internal IReadOnlyCollection<string> Domains => _domains;

    /// <summary>Declares what a run gives the graph.</summary>
    /// <returns><paramref name="name"/>.</returns>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public string Input(string name, OnnxElementType type, params OnnxDimension[] shape)
    {
        Define(name);
        Inputs.Add(new OnnxValueInfo(name, type, shape));
        return name;
    }

    /// <summary>Adds a constant, e.g. weights.</summary>
    /// <returns><paramref name="name"/>.</returns>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public string Constant(string name, OnnxTensor tensor)
    {
        Define(name);
        Constants.Add((name, tensor));
        return name;
    }

    /// <summary>Adds an operator with one output.</summary>
    /// <param name="operation">Operator, e.g. <c>MatMul</c>; one outside ONNX's own set as <c>domain::name</c>, e.g.
    /// <c>com.microsoft::SkipLayerNormalization</c>.</param>
    /// <param name="inputs">Values made before; "" leaves an optional input out.</param>
    /// <param name="output">Name of the result, unique in the graph.</param>
    /// <param name="attributes">Settings of the operator.</param>
    /// <returns><paramref name="output"/>.</returns>
    /// <exception cref="ArgumentException">The output's name is taken, or an input was not made yet.</exception>
    public string Node(string operation, string[] inputs, string output, params OnnxAttribute[] attributes)
    {
        Node(operation, inputs, [output], attributes);
        return output;
    }

    /// <summary>Adds an operator with several outputs; "" leaves an optional output out.</summary>
    /// <inheritdoc cref="Node(string, string[], string, OnnxAttribute[])" />
    /// <param name="operation">Operator, as above.</param>
    /// <param name="inputs">Values made before, as above.</param>
    /// <param name="outputs">Names of the results, unique in the graph.</param>
    /// <param name="attributes">Settings of the operator.</param>
    public void Node(string operation, string[] inputs, string[] outputs, params OnnxAttribute[] attributes)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        foreach (string input in inputs)
        {
            if (input.Length > 0 && !_values.Contains(input))
            {
                throw new ArgumentException($"{operation} takes '{input}', which graph '{Name}' has not made before.", nameof(inputs));
            }
        }

        foreach (string output in outputs)
        {
            if (output.Length > 0)
            {
                Define(output);
            }
        }

        int separator = operation.IndexOf("::", StringComparison.Ordinal);
        string domain = separator < 0 ? "" : operation[..separator];
        if (domain.Length > 0)
        {
            _domains.Add(domain);
        }

        Operations.Add(new OnnxNode(domain, separator < 0 ? operation : operation[(separator + 2)..], inputs, outputs, attributes));
    }

    /// <summary>Declares a value as a result of the graph.</summary>
    /// <exception cref="ArgumentException">No node makes the value.</exception>
    public void Output(string name, OnnxElementType type, params OnnxDimension[] shape)
    {
        if (!_values.Contains(name))
        {
            throw new ArgumentException($"Graph '{Name}' makes no value '{name}', so it cannot be an output.", nameof(name));
        }

        Outputs.Add(new OnnxValueInfo(name, type, shape));
    }

    /// <summary>The file: a ModelProto.</summary>
    /// <exception cref="InvalidOperationException">The graph has no output.</exception>
    public byte[] ToModel(OnnxModelSettings settings)
    {
        if (Outputs.Count == 0)
        {
            throw new InvalidOperationException($"Graph '{Name}' has no output.");
        }

        return OnnxEncoding.Model(this, settings);
    }

    private void Define(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!_values.Add(name))
        {
            throw new ArgumentException($"Graph '{Name}' already has a value '{name}'.", nameof(name));
        }
    }
}
