using System.Globalization;
using System.Text.Json;
using AkiDb.Embedding.Inference;
using AkiDb.Embedding.Tokens;
using Microsoft.ML.OnnxRuntime;

namespace AkiDb.Embedding.Models;

/// <summary>
/// Makes a model of its files. There are two families: SentencePiece unigram with a graph that gives unit vectors (vocab.json),
/// and BERT with WordPiece (vocab.txt), whose graph gives a vector a token or a text, e.g. all-MiniLM-L6-v2.
/// </summary>
internal static class SentenceModels
{
    /// <summary>Sentence Transformers' limit for all-MiniLM-L6-v2, for models without <c>sentence_bert_config.json</c>.</summary>
    private const int DefaultMaximumTokens = 256;

    /// <summary>Positions that BERT was trained with.</summary>
    private const int LongestBert = 512;

    /// <exception cref="EmbeddingModelException">A file is missing or cannot be used.</exception>
    public static SentenceModel Open(ModelFiles files)
    {
        InferenceSession session = OpenSession(files);
        try
        {
            return Open(files, session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static SentenceModel Open(ModelFiles files, InferenceSession session)
    {
        (ITokenizer tokenizer, ISentenceGraph graph, int maximumTokens) = (files.Find(ModelFiles.UnigramVocabulary), files.Find(ModelFiles.WordPieceVocabulary)) switch
        {
            ({ } vocabulary, null) => Unigram(files, session, vocabulary),
            (null, { } vocabulary) => Bert(files, session, vocabulary),
            _ => throw new EmbeddingModelException($"The model in {files.Location} must have one vocabulary, " +
                $"{ModelFiles.UnigramVocabulary} (SentencePiece) or {ModelFiles.WordPieceVocabulary} (BERT)."),
        };
        var identity = new EmbeddingModel(files.Name, files.Sha256, Try(files, tokenizer, graph), maximumTokens);
        return new SentenceModel(identity, tokenizer, graph);
    }

    private static (ITokenizer Tokenizer, ISentenceGraph Graph, int MaximumTokens) Unigram(ModelFiles files, InferenceSession session, byte[] vocabulary)
    {
        if (!session.ModelMetadata.CustomMetadataMap.TryGetValue("maximum_tokens", out string? text) ||
            !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int maximumTokens) || maximumTokens < 1)
        {
            throw files.Problem(ModelFiles.Graph, $"its metadata must have maximum_tokens, a positive number, not '{text}'.");
        }

        try
        {
            return (UnigramTokenizer.Parse(vocabulary, maximumTokens), new UnitVectorGraph(session), maximumTokens);
        }
        catch (InvalidDataException problem)
        {
            throw files.Problem(ModelFiles.UnigramVocabulary, problem.Message + ".", problem);
        }
    }

    private static (ITokenizer Tokenizer, ISentenceGraph Graph, int MaximumTokens) Bert(ModelFiles files, InferenceSession session, byte[] vocabulary)
    {
        JsonElement? sentence = Settings(files, ModelFiles.SentenceSettings);
        JsonElement? tokens = Settings(files, ModelFiles.TokenizerSettings);
        int maximumTokens = sentence is { } s && s.TryGetProperty("max_seq_length", out JsonElement length) && length.TryGetInt32(out int limit)
            ? limit
            : DefaultMaximumTokens;
        if (maximumTokens is < 3 or > LongestBert)
        {
            throw files.Problem(ModelFiles.SentenceSettings, $"max_seq_length is {maximumTokens}; it must be 3 to {LongestBert}.");
        }

        bool isLowerCase = !(tokens is { } t && t.TryGetProperty("do_lower_case", out JsonElement lower) && lower.ValueKind == JsonValueKind.False);
        try
        {
            // One quantisation step for the whole tensor mixes the texts of a batch.
            bool mixesTexts = files.Find(ModelFiles.Graph).AsSpan().IndexOf("DynamicQuantizeLinear"u8) >= 0;
            return (WordPieceTokenizer.Parse(vocabulary, isLowerCase, maximumTokens), new BertGraph(session, mixesTexts), maximumTokens);
        }
        catch (InvalidDataException problem)
        {
            throw files.Problem(ModelFiles.WordPieceVocabulary, problem.Message + ".", problem);
        }
    }

    private static JsonElement? Settings(ModelFiles files, string name)
    {
        try
        {
            if (files.Find(name) is not { } content)
            {
                return null;
            }

            JsonElement root = JsonSerializer.Deserialize<JsonElement>(content);
            return root.ValueKind == JsonValueKind.Object ? root : throw files.Problem(name, "it must be a JSON object.");
        }
        catch (JsonException problem)
        {
            throw files.Problem(name, problem.Message, problem);
        }
    }

    /// <summary>Embeds a text, so that a model that cannot be run fails now; tells the dimension.</summary>
    private static int Try(ModelFiles files, ITokenizer tokenizer, ISentenceGraph graph)
    {
        try
        {
            float[] vector = graph.Run([tokenizer.Tokenize("a model is tried when it is loaded").Ids])[0];
            double norm = Math.Sqrt(vector.Sum(value => (double)value * value));
            return Math.Abs(norm - 1) < 1e-3 ? vector.Length
                : throw files.Problem(ModelFiles.Graph, $"it gives a vector of length {norm:F4}, not 1; is it a sentence encoder?");
        }
        catch (OnnxRuntimeException problem)
        {
            throw files.Problem(ModelFiles.Graph, $"it loads but does not run, perhaps since the vocabulary is another model's. {problem.Message}", problem);
        }
    }

    private static InferenceSession OpenSession(ModelFiles files)
    {
        using var options = new SessionOptions
        {
            // Texts run side by side, each on one core: splitting one over cores costs more in waiting than it saves.
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            // Patterns are kept for each shape ever seen, and lengths differ.
            EnableMemoryPattern = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        try
        {
            return new InferenceSession(files.Find(ModelFiles.Graph)!, options);
        }
        catch (OnnxRuntimeException problem)
        {
            throw files.Problem(ModelFiles.Graph, $"it is no ONNX model that ONNX Runtime {OrtEnv.Instance().GetVersionString()} loads. {problem.Message}", problem);
        }
    }
}
