using AkiDb.SearchEngine.Collections;
using AkiDb.SearchEngine.Hosting;
using AkiDb.SearchEngine.Limits;
using AkiDb.SearchEngine.Observability;
using AkiDb.SearchEngine.Store;
using AkiDb.SearchEngine.Texts;
using AkiDb.VectorIndex;

namespace AkiDb.SearchEngine.Api;

/// <summary>Collections: make, list, look at, delete.</summary>
internal sealed class CollectionEndpoints(EngineState engine, TextEncoder texts)
{
    private static readonly (string Name, DistanceMetric Value)[] Metrics =
        [("cosine", DistanceMetric.Cosine), ("dot", DistanceMetric.Dot), ("l2", DistanceMetric.L2)];

    private static readonly (string Name, IndexStructure Value)[] Structures = [("hnsw", IndexStructure.Hnsw), ("flat", IndexStructure.Flat)];

    private static readonly (string Name, VectorQuantization Value)[] Quantizations =
        [("none", VectorQuantization.None), ("int8", VectorQuantization.Scalar8)];

    public static IEnumerable<string> MetricNames => Metrics.Select(one => one.Name);

    public static IEnumerable<string> StructureNames => Structures.Select(one => one.Name);

    public static IEnumerable<string> QuantizationNames => Quantizations.Select(one => one.Name);

    public async Task CreateAsync(HttpContext context)
    {
        var request = await JsonBody.ReadAsync(context, ApiJson.Default.CreateRequest);
        var settings = ToSettings(request);
        var store = engine.Require(context);
        var result = await store.SubmitAsync(new CreateCollection(settings), context.RequestAborted);
        var made = store.Catalog.Find(settings.Name) ?? throw ProblemException.Conflict($"Collection '{settings.Name}' was deleted meanwhile.");
        context.Response.Headers.Location = $"/api/v1/collections/{settings.Name}";
        EngineState.SetSequence(context, result.Sequence);
        await JsonBody.WriteAsync(context, Describe(made, RequestTrace.Of(context).TraceId) with { Sequence = result.Sequence }, ApiJson.Default.CollectionAnswer, StatusCodes.Status201Created);
    }

    public Task ListAsync(HttpContext context)
    {
        var list = engine.Require(context).Catalog.All.Select(collection => Describe(collection, traceId: null)).ToList();
        return JsonBody.WriteAsync(context, new CollectionList(list, RequestTrace.Of(context).TraceId), ApiJson.Default.CollectionList);
    }

    public Task GetAsync(HttpContext context, string collection) =>
        JsonBody.WriteAsync(context, Describe(engine.Require(context, collection).Collection, RequestTrace.Of(context).TraceId), ApiJson.Default.CollectionAnswer);

    public async Task DeleteAsync(HttpContext context, string collection)
    {
        var (store, found) = engine.Require(context, collection);
        var result = await store.SubmitAsync(new DropCollection(found.Id), context.RequestAborted);
        await WrittenAnswer.WriteAsync(context, result);
    }

    private CollectionSettings ToSettings(CreateRequest request)
    {
        var problems = new List<string>();
        if (!CollectionSettings.IsName(request.Name))
        {
            problems.Add("name must be 1 to 63 lower-case letters, digits, '-' or '_', a letter or digit first");
        }

        // A dimension without a model asks for a collection of the caller's own vectors.
        var model = request.Model is not null || request.Dimension is null ? texts.Require(request.Model) : null;
        if (model is not null && request.Dimension is { } wrong && wrong != model.Dimension)
        {
            problems.Add($"dimension is {wrong}; model '{model.Name}' has {model.Dimension}");
        }

        var settings = new CollectionSettings
        {
            Name = request.Name,
            Dimension = request.Dimension ?? model!.Dimension,
            Metric = Choose("metric", request.Metric, Metrics, problems),
            Structure = Choose("structure", request.Structure, Structures, problems),
            Quantization = Choose("quantization", request.Quantization, Quantizations, problems),
            ModelName = model?.Name,
            ModelSha256 = model?.Sha256,
        };
        settings = settings with
        {
            LinksPerNode = request.M ?? settings.LinksPerNode,
            ConstructionWidth = request.EfConstruction ?? settings.ConstructionWidth,
        };
        // The index would take more, and a store may have it; what is made anew has the bound of a query.
        if (request.Ef is < 1 or > RequestLimits.MaximumWidth)
        {
            problems.Add($"ef is {request.Ef}, wanted 1 to {RequestLimits.MaximumWidth}");
        }
        else
        {
            settings = settings with { SearchWidth = request.Ef ?? settings.SearchWidth };
        }

        if (settings.Dimension is < 1 or > CollectionSettings.MaximumDimension)
        {
            problems.Add($"dimension is {settings.Dimension}; wanted 1 to {CollectionSettings.MaximumDimension:#,0}");
        }
        else
        {
            problems.AddRange(settings.ToIndexOptions().FindProblems().Select(InOurWords));
        }

        return problems.Count == 0 ? settings : throw ProblemException.Invalid(string.Join("; ", problems) + ".");
    }

    private CollectionAnswer Describe(LiveCollection collection, string? traceId)
    {
        var settings = collection.Settings;
        var index = collection.Index.GetStatistics();
        return new CollectionAnswer(
            settings.Name, settings.Dimension, Name(settings.Metric, Metrics), Name(settings.Structure, Structures), Name(settings.Quantization, Quantizations),
            settings.LinksPerNode, settings.ConstructionWidth, settings.SearchWidth,
            settings.ModelSha256 is { } sha ? new CollectionModel(settings.ModelName!, sha, texts.CanEncodeFor(settings)) : null,
            collection.Cards.Count, index.TotalBytes, index.Tombstones, index.LevelCounts.Count > 0 ? index.LevelCounts : null,
            collection.Fields.Count, traceId);
    }

    private static T Choose<T>(string field, string? name, (string Name, T Value)[] choices, List<string> problems)
    {
        if (name is null)
        {
            return choices[0].Value;
        }

        if (Array.FindIndex(choices, choice => choice.Name == name) is >= 0 and var i)
        {
            return choices[i].Value;
        }

        problems.Add($"{field} is '{(name.Length <= 40 ? name : name[..39] + "…")}'; wanted one of {string.Join(", ", choices.Select(choice => choice.Name))}");
        return choices[0].Value;
    }

    private static string Name<T>(T value, (string Name, T Value)[] choices) => choices.First(choice => Equals(choice.Value, value)).Name;

    private static string InOurWords(string problem) => problem
        .Replace(nameof(IndexOptions.LinksPerNode), "m", StringComparison.Ordinal)
        .Replace(nameof(IndexOptions.ConstructionWidth), "ef_construction", StringComparison.Ordinal)
        .Replace("Quantization must be None when Structure is Flat", "quantization must be none when structure is flat", StringComparison.Ordinal);
}
