namespace AkiDb.Onnx;

/// <summary>Graphs as ModelProto messages. Field numbers: onnx/onnx.proto of ONNX 1.17, which never reuses one.</summary>
internal static class OnnxEncoding
{
    /// <summary>Version of an operator domain outside ONNX; <c>com.microsoft</c> has had only this one.</summary>
    private const int ContributedOperatorSet = 1;

    public static byte[] Model(OnnxGraphBuilder graph, OnnxModelSettings settings)
    {
        var model = new ProtobufWriter();
        model.Int64(1, settings.FormatVersion);
        model.String(2, settings.Producer);
        model.Message(7, writer => Graph(writer, graph));
        model.Message(8, writer => OperatorSet(writer, "", settings.OperatorSet));
        foreach (string domain in graph.Domains)
        {
            model.Message(8, writer => OperatorSet(writer, domain, ContributedOperatorSet));
        }

        foreach ((string key, string value) in settings.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            model.Message(14, writer =>
            {
                writer.String(1, key);
                writer.String(2, value);
            });
        }

        return model.ToArray();
    }

    private static void OperatorSet(ProtobufWriter writer, string domain, int version)
    {
        writer.String(1, domain);
        writer.Int64(2, version);
    }

    private static void Graph(ProtobufWriter writer, OnnxGraphBuilder graph)
    {
        foreach (OnnxNode node in graph.Operations)
        {
            writer.Message(1, message => Node(message, node));
        }

        writer.String(2, graph.Name);
        foreach ((string name, OnnxTensor tensor) in graph.Constants)
        {
            writer.Message(5, message => Tensor(message, name, tensor));
        }

        foreach (OnnxValueInfo input in graph.Inputs)
        {
            writer.Message(11, message => Value(message, input));
        }

        foreach (OnnxValueInfo output in graph.Outputs)
        {
            writer.Message(12, message => Value(message, output));
        }
    }

    private static void Node(ProtobufWriter writer, OnnxNode node)
    {
        foreach (string input in node.Inputs)
        {
            writer.String(1, input);
        }

        foreach (string output in node.Outputs)
        {
            writer.String(2, output);
        }

        // Profiles and error messages name nodes; the first output is unique and says what the node is for.
        writer.String(3, node.Outputs[0]);
        writer.String(4, node.Operation);
        foreach (OnnxAttribute attribute in node.Attributes)
        {
            writer.Message(5, message => Attribute(message, attribute));
        }

        if (node.Domain.Length > 0)
        {
            writer.String(7, node.Domain);
        }
    }

    private static void Attribute(ProtobufWriter writer, OnnxAttribute attribute)
    {
        writer.String(1, attribute.Name);
        int type;
        switch (attribute.Value)
        {
            case float value:
                writer.Float(2, value);
                type = 1;
                break;
            case long value:
                writer.Int64(3, value);
                type = 2;
                break;
            case string value:
                writer.String(4, value);
                type = 3;
                break;
            case OnnxTensor value:
                writer.Message(5, message => Tensor(message, "", value));
                type = 4;
                break;
            case float[] values:
                Array.ForEach(values, value => writer.Float(7, value));
                type = 6;
                break;
            case long[] values:
                Array.ForEach(values, value => writer.Int64(8, value));
                type = 7;
                break;
            case string[] values:
                Array.ForEach(values, value => writer.String(9, value));
                type = 8;
                break;
            default:
                throw new NotSupportedException($"Attribute '{attribute.Name}' has a value of type {attribute.Value.GetType()}.");
        }

        writer.Int64(20, type);
    }

    private static void Tensor(ProtobufWriter writer, string name, OnnxTensor tensor)
    {
        foreach (long length in tensor.Shape)
        {
            writer.Int64(1, length);
        }

        writer.Int64(2, (int)tensor.Type);
        if (name.Length > 0)
        {
            writer.String(8, name);
        }

        writer.Bytes(9, tensor.Data.Span);
    }

    private static void Value(ProtobufWriter writer, OnnxValueInfo value)
    {
        writer.String(1, value.Name);
        writer.Message(2, type => type.Message(1, tensor =>
        {
            tensor.Int64(1, (int)value.Type);
            tensor.Message(2, shape => Array.ForEach(value.Shape, dimension => shape.Message(1, length => Dimension(length, dimension))));
        }));
    }

    private static void Dimension(ProtobufWriter writer, OnnxDimension dimension)
    {
        if (dimension.Length is { } length)
        {
            writer.Int64(1, length);
        }
        else
        {
            writer.String(2, dimension.Name ?? "");
        }
    }
}
