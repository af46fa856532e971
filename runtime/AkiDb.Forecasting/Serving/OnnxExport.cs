using AkiDb.Forecasting.Network;
using AkiDb.Forecasting.Training;
using AkiDb.Onnx;

namespace AkiDb.Forecasting.Serving;

/// <summary>
/// Writes a model as ONNX with its scaler inside: queries per second and calendar features in, queries per second out. What stays
/// outside is the filling of gaps, which is not arithmetic.
/// </summary>
internal static class OnnxExport
{
    public const string QueriesInput = "qps";
    public const string CalendarInput = "calendar";
    public const string ForecastOutput = "forecast_qps";

    // ONNX orders the gates input, output, forget, cell; we input, forget, cell, output.
    private static readonly LstmGate[] GateOrder = [LstmGate.Input, LstmGate.Output, LstmGate.Forget, LstmGate.Cell];

    /// <summary>The ONNX file of a model; the same model gives the same bytes.</summary>
    public static byte[] ToOnnx(LstmModel model)
    {
        var graph = new OnnxGraphBuilder("akidb-forecast");
        var qps = graph.Input(QueriesInput, OnnxElementType.Float, "batch", model.Shape.Steps);
        var calendar = graph.Input(CalendarInput, OnnxElementType.Float, "batch", model.Shape.Steps, model.Scaler.CalendarMeans.Count);
        var (level, steps) = Scale(graph, model, qps, calendar);
        var outputs = model.Members.Select((member, i) => Member(graph, model.Layout, member.Parameters, steps, $"member{i}")).ToArray();
        var change = graph.Node("Mul", [graph.Node("Mean", outputs, "scaled_change"), Scalar(graph, "output_scale", model.Scaler.OutputScale)], "change");
        var load = graph.Node("Exp", [graph.Node("Add", [level, change], "log_forecast")], "forecast_with_offset");
        var forecast = graph.Node("Sub", [load, "log_offset"], "forecast_signed");
        graph.Node("Relu", [forecast], ForecastOutput);
        graph.Output(ForecastOutput, OnnxElementType.Float, "batch", model.Shape.Outputs);
        return graph.ToModel(new OnnxModelSettings());
    }

    // Level of the last 15 minutes, and the steps as the LSTM reads them: steps × batch × inputs.
    private static (string Level, string Steps) Scale(OnnxGraphBuilder graph, LstmModel model, string qps, string calendar)
    {
        var (scaler, steps, features) = (model.Scaler, model.Shape.Steps, model.Scaler.CalendarMeans.Count);
        var log = graph.Node("Log", [graph.Node("Add", [qps, Scalar(graph, "log_offset", scaler.LogOffset)], "load_with_offset")], "log_load");
        var recent = graph.Node(
            "Slice",
            [
                log, graph.Constant("recent_start", OnnxTensor.Vector(steps - ForecastHorizon.Minutes)),
                graph.Constant("recent_end", OnnxTensor.Vector(steps)), graph.Constant("recent_axis", OnnxTensor.Vector(1)),
            ],
            "recent");
        var level = graph.Node("ReduceMean", [recent], "level", OnnxAttribute.Ints("axes", 1), OnnxAttribute.Int("keepdims", 1));
        var residual = graph.Node(
            "Mul", [graph.Node("Sub", [log, level], "residual"), Scalar(graph, "input_factor", 1 / scaler.InputScale)], "scaled_residual");
        var centred = graph.Node("Sub", [calendar, graph.Constant("calendar_means", OnnxTensor.Float([.. scaler.CalendarMeans], features))], "centred_calendar");
        var scaled = graph.Node("Mul", [centred, graph.Constant("calendar_factors", OnnxTensor.Float([.. scaler.CalendarFactors], features))], "scaled_calendar");
        var column = graph.Node("Unsqueeze", [residual, graph.Constant("last_axis", OnnxTensor.Vector(2))], "residual_column");
        var inputs = graph.Node("Concat", [column, scaled], "inputs", OnnxAttribute.Int("axis", 2));
        return (level, graph.Node("Transpose", [inputs], "steps", OnnxAttribute.Ints("perm", 1, 0, 2)));
    }

    private static string Member(OnnxGraphBuilder graph, NetworkLayout layout, float[] parameters, string sequence, string name)
    {
        foreach (var (i, layer) in layout.Lstm.Index())
        {
            var prefix = $"{name}_lstm{i}";
            var isLast = i == layout.Lstm.Count - 1;
            var inputs = new[]
            {
                sequence,
                graph.Constant($"{prefix}_W", Weights(layer, layer.InputWeights, layer.Inputs, parameters)),
                graph.Constant($"{prefix}_R", Weights(layer, layer.HiddenWeights, layer.Units, parameters)),
                graph.Constant($"{prefix}_B", Bias(layer, parameters)),
            };
            // All steps of a layer feed the next; of the last layer only the last step is read.
            var output = $"{prefix}_output";
            graph.Node("LSTM", inputs, isLast ? ["", output] : [output], OnnxAttribute.Int("hidden_size", layer.Units));
            var axis = graph.Constant($"{prefix}_direction", OnnxTensor.Vector(isLast ? 0 : 1));
            sequence = graph.Node("Squeeze", [output, axis], $"{prefix}_values");
        }

        foreach (var (i, layer) in layout.Dense.Index())
        {
            var weights = new float[layer.Inputs * layer.Units];
            for (var at = 0; at < weights.Length; at++)
            {
                weights[at] = parameters[layer.Weights.IndexOf(at / layer.Units, at % layer.Units)];
            }

            var prefix = $"{name}_dense{i}";
            var w = graph.Constant($"{prefix}_W", OnnxTensor.Float(weights, layer.Inputs, layer.Units));
            var b = graph.Constant($"{prefix}_B", OnnxTensor.Float(parameters.AsSpan(layer.Bias, layer.Units), layer.Units));
            sequence = graph.Node("Gemm", [sequence, w, b], $"{prefix}_sum");
            sequence = layer.IsRectified ? graph.Node("Relu", [sequence], $"{prefix}_values") : sequence;
        }

        return sequence;
    }

    // 1 × 4·units × inputs
    private static OnnxTensor Weights(LstmLayout layer, PanelMatrix matrix, int inputs, float[] parameters)
    {
        var weights = new float[4 * layer.Units * inputs];
        var at = 0;
        foreach (var gate in GateOrder)
        {
            for (var unit = 0; unit < layer.Units; unit++)
            {
                for (var input = 0; input < inputs; input++)
                {
                    weights[at++] = parameters[matrix.IndexOf(input, layer.Column(gate, unit))];
                }
            }
        }

        return OnnxTensor.Float(weights, 1, 4 * layer.Units, inputs);
    }

    // 1 × 8·units: ONNX has a second bias for the hidden weights; ours is one.
    private static OnnxTensor Bias(LstmLayout layer, float[] parameters)
    {
        var bias = new float[8 * layer.Units];
        foreach (var (i, gate) in GateOrder.Index())
        {
            parameters.AsSpan(layer.Bias + layer.Column(gate, 0), layer.Units).CopyTo(bias.AsSpan(i * layer.Units));
        }

        return OnnxTensor.Float(bias, 1, 8 * layer.Units);
    }

    private static string Scalar(OnnxGraphBuilder graph, string name, double value) =>
        graph.Constant(name, OnnxTensor.Scalar((float)value));
}
