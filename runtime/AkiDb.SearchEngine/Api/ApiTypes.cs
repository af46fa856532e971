using System.Text.Json;
using System.Text.Json.Serialization;

namespace AkiDb.SearchEngine.Api;

// The shapes of requests and answers, one a record; the wire has them in snake_case. docs/search-engine.md explains each field.
// Documents, matches and problems are written by hand (DocumentJson, QueryEndpoint, ProblemAnswer): their records are for the OpenAPI document,
// and a test holds the answers to it.

/// <summary>Texts to embed.</summary>
internal sealed record EmbedRequest(List<string> Texts, string? Model = null);

/// <summary>Their vectors, in order.</summary>
internal sealed record EmbedAnswer(IReadOnlyList<ReadOnlyMemory<float>> Embeddings, string Model, string ModelSha256, int Tokens, int Truncated, string TraceId);

/// <summary>A collection to make.</summary>
internal sealed record CreateRequest(
    string Name, int? Dimension = null, string? Metric = null, string? Structure = null, string? Quantization = null,
    int? M = null, int? EfConstruction = null, int? Ef = null, string? Model = null);

/// <summary>The model of a collection, and whether this process can embed for it.</summary>
internal sealed record CollectionModel(string Name, string Sha256, bool IsLoaded);

/// <summary>A collection and what it holds. The answer of its making has the change's number. In a list the trace id stands once, beside the list.</summary>
internal sealed record CollectionAnswer(
    string Name, int Dimension, string Metric, string Structure, string Quantization, int M, int EfConstruction, int Ef,
    CollectionModel? Model, int Documents, long IndexBytes, int Tombstones, IReadOnlyList<int>? Levels, int FilterFields, string? TraceId, long? Sequence = null);

/// <summary>All collections.</summary>
internal sealed record CollectionList(IReadOnlyList<CollectionAnswer> Collections, string TraceId);

/// <summary>A document to put: an id and a vector, or a text that becomes one.</summary>
internal sealed record DocumentBody(string Id, float[]? Vector = null, string? Text = null, JsonElement? Metadata = null);

/// <summary>Documents to put.</summary>
internal sealed record PutRequest(List<DocumentBody> Documents);

/// <summary>What a write did, and how many texts were longer than the model reads, where any were.</summary>
internal sealed record WriteAnswer(int Count, long Sequence, string TraceId, int? Truncated = null);

/// <summary>Documents to get.</summary>
internal sealed record GetRequest(List<string> Ids, List<string>? Include = null);

/// <summary>A document as it was stored, with the parts that were asked for.</summary>
internal sealed record DocumentAnswer(string Id, JsonElement? Metadata, string? Text, float[]? Vector);

/// <summary>Those documents that exist, in the order asked for.</summary>
internal sealed record DocumentList(IReadOnlyList<DocumentAnswer> Documents, string TraceId);

/// <summary>Documents to delete, by id or by what their metadata says.</summary>
internal sealed record DeleteRequest(List<string>? Ids = null, JsonElement? Filter = null);

/// <summary>A question.</summary>
internal sealed record QueryRequest(
    string? Text = null, float[]? Vector = null, int K = 10, int? Ef = null, JsonElement? Filter = null, List<string>? Include = null);

/// <summary>A document near to the question, with the parts that were asked for.</summary>
internal sealed record QueryMatch(string Id, float Distance, JsonElement? Metadata, string? Text, float[]? Vector);

/// <summary>The nearest documents, nearest first.</summary>
internal sealed record QueryAnswer(IReadOnlyList<QueryMatch> Matches, long Sequence, bool? Truncated, string TraceId);

/// <summary>Why a request was refused or failed (RFC 9457).</summary>
internal sealed record ProblemDetails(string Type, string Title, int Status, string Detail, string TraceId);

/// <summary>What a process is and how it is.</summary>
internal sealed record StatusAnswer(
    string Role, bool Ready, string? NotReadyBecause, string? Model, string? ModelSha256, long Sequence, double? StalenessSeconds, int Collections, long Documents,
    int InFlight, double? QueryP50Ms, double? QueryP95Ms, string TraceId);

/// <summary>How the shapes are read and written. Unknown, double and missing fields are errors: a typing error must not be a silent default.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 32)]
[JsonSerializable(typeof(EmbedRequest))]
[JsonSerializable(typeof(EmbedAnswer))]
[JsonSerializable(typeof(CreateRequest))]
[JsonSerializable(typeof(CollectionAnswer))]
[JsonSerializable(typeof(CollectionList))]
[JsonSerializable(typeof(DocumentBody))]
[JsonSerializable(typeof(PutRequest))]
[JsonSerializable(typeof(WriteAnswer))]
[JsonSerializable(typeof(GetRequest))]
[JsonSerializable(typeof(DocumentAnswer))]
[JsonSerializable(typeof(DocumentList))]
[JsonSerializable(typeof(DeleteRequest))]
[JsonSerializable(typeof(QueryRequest))]
[JsonSerializable(typeof(QueryAnswer))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(StatusAnswer))]
internal sealed partial class ApiJson : JsonSerializerContext;
