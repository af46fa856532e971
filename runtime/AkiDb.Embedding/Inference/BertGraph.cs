using System.Numerics;
using Microsoft.ML.OnnxRuntime;

namespace AkiDb.Embedding.Inference;

/// <summary>
/// A BERT-type graph as exporters of Hugging Face models write it: <c>input_ids</c>, <c>attention_mask</c> and perhaps
/// <c>token_type_ids</c>, int64 [texts, tokens]; gives a vector a token (<c>last_hidden_state</c> or <c>token_embeddings</c>, whose
/// mean over the text's tokens is taken) or a vector a text (<c>sentence_embedding</c>). Vectors are scaled to length 1.
/// </summary>
internal sealed class BertGraph : ISentenceGraph
{
    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";
    private const string Types = "token_type_ids";

    private static readonly string[] TextOutputs = ["sentence_embedding"];
    private static readonly string[] TokenOutputs = ["last_hidden_state", "token_embeddings"];

    private readonly InferenceSession _session;
    private readonly string[] _inputs;
    private readonly string _output;

    /// <param name="session">The graph.</param>
    /// <param name="mixesTexts">True if its quantisation takes one step for a whole batch.</param>
    /// <exception cref="InvalidDataException">The graph's inputs or outputs are others.</exception>
    public BertGraph(InferenceSession session, bool mixesTexts)
    {
        _session = session;
        _inputs = [.. session.InputNames];
        MixesTexts = mixesTexts;
        _output = TextOutputs.Concat(TokenOutputs).FirstOrDefault(session.OutputNames.Contains) ?? "";
        if (_output.Length == 0 || !_inputs.Contains(Ids) || _inputs.Except([Ids, Mask, Types]).Any())
        {
            throw new InvalidDataException($"its graph takes {string.Join(", ", _inputs)} and gives {string.Join(", ", session.OutputNames)}, " +
                $"where {Ids}, {Mask}, {Types} and one of {string.Join(", ", TextOutputs.Concat(TokenOutputs))} belong to such a vocabulary");
        }
    }

    public bool MixesTexts { get; }

    public float[][] Run(IReadOnlyList<int[]> texts)
    {
        // BERT's padding is token 0; the mask, not the token, takes it out.
        PaddedTokens tokens = PaddedTokens.Of(texts, padding: 0);
        OrtValue[] values = [.. _inputs.Select(name => OrtValue.CreateTensorValueFromMemory(name switch
        {
            Ids => tokens.Ids,
            Mask => MaskOf(texts, tokens.Length),
            _ => new long[tokens.Ids.Length],
        }, tokens.Shape))];
        try
        {
            using var options = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(options, _inputs, values, [_output]);
            ReadOnlySpan<float> output = results[0].GetTensorDataAsSpan<float>();
            int rows = TextOutputs.Contains(_output) ? texts.Count : texts.Count * tokens.Length;
            int dimension = output.Length / rows;
            var vectors = new float[texts.Count][];
            for (int text = 0; text < vectors.Length; text++)
            {
                ReadOnlySpan<float> own = output.Slice(text * (rows / texts.Count) * dimension, rows / texts.Count * dimension);
                vectors[text] = UnitSum(TextOutputs.Contains(_output) ? own : own[..(texts[text].Length * dimension)], dimension);
            }

            return vectors;
        }
        finally
        {
            Array.ForEach(values, value => value.Dispose());
        }
    }

    public void Dispose() => _session.Dispose();

    private static long[] MaskOf(IReadOnlyList<int[]> texts, int length)
    {
        var mask = new long[texts.Count * length];
        for (int row = 0; row < texts.Count; row++)
        {
            mask.AsSpan(row * length, texts[row].Length).Fill(1);
        }

        return mask;
    }

    /// <summary>The sum of the rows, scaled to length 1: the mean would only be divided by its count first.</summary>
    private static float[] UnitSum(ReadOnlySpan<float> rows, int dimension)
    {
        var sum = new float[dimension];
        for (int start = 0; start < rows.Length; start += dimension)
        {
            ReadOnlySpan<float> row = rows.Slice(start, dimension);
            int i = 0;
            for (; i <= dimension - Vector<float>.Count; i += Vector<float>.Count)
            {
                (new Vector<float>(sum.AsSpan(i)) + new Vector<float>(row[i..])).CopyTo(sum.AsSpan(i));
            }

            for (; i < dimension; i++)
            {
                sum[i] += row[i];
            }
        }

        double squares = 0;
        Array.ForEach(sum, value => squares += (double)value * value);
        float scale = (float)(1 / Math.Sqrt(squares));
        for (int i = 0; i < dimension; i++)
        {
            sum[i] *= scale;
        }

        return sum;
    }
}
