using System.Security.Cryptography;
using System.Text;
using AkiDb.ObjectStorage;

namespace AkiDb.Embedding.Models;

/// <summary>The files of one model, in memory: a model's folder may be read-only, remote, or gone tomorrow.</summary>
internal sealed class ModelFiles
{
    public const string Graph = "model.onnx";

    /// <summary>Vocabulary of a SentencePiece unigram model.</summary>
    public const string UnigramVocabulary = "vocab.json";

    /// <summary>Vocabulary of a BERT-type model.</summary>
    public const string WordPieceVocabulary = "vocab.txt";

    /// <summary>Hugging Face's settings of a tokenizer; of a BERT-type model, optional.</summary>
    public const string TokenizerSettings = "tokenizer_config.json";

    /// <summary>Sentence Transformers' settings of a model; of a BERT-type model, optional.</summary>
    public const string SentenceSettings = "sentence_bert_config.json";

    // In the order in which `sha256sum` is given them.
    private static readonly string[] Names = [Graph, SentenceSettings, TokenizerSettings, UnigramVocabulary, WordPieceVocabulary];

    private readonly Dictionary<string, byte[]> _files;

    private ModelFiles(string name, string location, Dictionary<string, byte[]> files)
    {
        Name = name;
        Location = location;
        _files = files;
        Sha256 = Identity(files);
    }

    public string Name { get; }

    /// <summary>Where the files came from, for messages.</summary>
    public string Location { get; }

    /// <summary>SHA-256 over the files, lower-case hex; see <see cref="EmbeddingModel.Sha256"/>.</summary>
    public string Sha256 { get; }

    /// <summary>Reads a model's folder.</summary>
    /// <exception cref="EmbeddingModelException">The folder has no graph.</exception>
    public static async Task<ModelFiles> ReadAsync(IObjectStore store, string name, CancellationToken cancellation)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string file in Names)
        {
            await using Stream? content = await store.OpenAsync($"{name}/{file}", cancellation);
            if (content is not null)
            {
                using var bytes = new MemoryStream();
                await content.CopyToAsync(bytes, cancellation);
                files[file] = bytes.ToArray();
            }
        }

        string location = $"{store.Location}/{name}";
        return files.ContainsKey(Graph) ? new ModelFiles(name, location, files) : throw new EmbeddingModelException(
            $"There is no model '{name}' in {store.Location}: it must have a folder of that name with {Graph} and a vocabulary.");
    }

    /// <exception cref="EmbeddingModelException">The files are not those of the SHA-256.</exception>
    public void Expect(string? sha256)
    {
        if (sha256 is not null && !string.Equals(sha256, Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new EmbeddingModelException($"The model in {Location} has the SHA-256 {Sha256}, not {sha256} as configured. " +
                "It is another model, or its files are damaged; vectors of two models cannot be compared.");
        }
    }

    /// <summary>A file's content; null if the model has none of that name.</summary>
    public byte[]? Find(string file) => _files.GetValueOrDefault(file);

    /// <summary>A problem with one of the files.</summary>
    public EmbeddingModelException Problem(string file, string what, Exception? cause = null)
    {
        string message = $"{file} of the model in {Location} ({Find(file)?.Length ?? 0} bytes) cannot be used: {what}";
        return cause is null ? new EmbeddingModelException(message) : new EmbeddingModelException(message, cause);
    }

    // sha256sum's own lines, so that anyone can compute it: `sha256sum model.onnx vocab.txt | sha256sum`.
    private static string Identity(Dictionary<string, byte[]> files)
    {
        IEnumerable<string> lines = Names.Where(files.ContainsKey).Select(name => $"{Convert.ToHexStringLower(SHA256.HashData(files[name]))}  {name}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(lines))));
    }
}
