using Microsoft.ML.OnnxRuntime;

namespace AkiDb.Embedding.Inference;

/// <summary>A graph that does everything itself: <c>ids</c> [texts, tokens] with -1 after the last, <c>embedding</c> [texts, dimension].</summary>
internal sealed class UnitVectorGraph : ISentenceGraph
{
    private const long Padding = -1;
    private static readonly string[] Inputs = ["ids"];
    private static readonly string[] Outputs = ["embedding"];

    private readonly InferenceSession _session;

    /// <exception cref="InvalidDataException">The graph's inputs or outputs are others.</exception>
    public UnitVectorGraph(InferenceSession session)
    {
        if (!session.InputNames.SequenceEqual(Inputs) || !session.OutputNames.SequenceEqual(Outputs))
        {
            throw new InvalidDataException($"its graph takes {string.Join(", ", session.InputNames)} and gives {string.Join(", ", session.OutputNames)}, " +
                "where ids and embedding belong to such a vocabulary");
        }

        _session = session;
    }

    public bool MixesTexts => false;

    public float[][] Run(IReadOnlyList<int[]> texts)
    {
        PaddedTokens tokens = PaddedTokens.Of(texts, Padding);
        using var options = new RunOptions();
        using OrtValue ids = OrtValue.CreateTensorValueFromMemory(tokens.Ids, tokens.Shape);
        using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(options, Inputs, [ids], Outputs);
        ReadOnlySpan<float> values = results[0].GetTensorDataAsSpan<float>();
        int dimension = values.Length / texts.Count;
        var vectors = new float[texts.Count][];
        for (int row = 0; row < vectors.Length; row++)
        {
            vectors[row] = values.Slice(row * dimension, dimension).ToArray();
        }

        return vectors;
    }

    public void Dispose() => _session.Dispose();
}
