using AkiDb.Onnx;

namespace AkiDb.ModelTool;

/// <summary>How a layer's product x·W + b is computed: the one thing in which precisions of the model differ.</summary>
internal interface IMatrixProduct
{
    /// <summary>What the model's name ends in.</summary>
    string NameSuffix { get; }

    /// <summary>Adds x·W + b to a graph.</summary>
    /// <param name="graph">Where to.</param>
    /// <param name="name">Name of the result.</param>
    /// <param name="x">Input, its last dimension <paramref name="rows"/> long.</param>
    /// <param name="weights">W, <paramref name="rows"/> times as many columns as <paramref name="bias"/> has numbers, row-major.</param>
    /// <param name="rows">Rows of W.</param>
    /// <param name="bias">b.</param>
    /// <returns><paramref name="name"/>.</returns>
    string Add(OnnxGraphBuilder graph, string name, string x, float[] weights, int rows, float[] bias);
}
