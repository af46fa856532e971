using AkiDb.SearchEngine.Hosting;
using AkiDb.SearchEngine.Observability;
using AkiDb.SearchEngine.Store;

namespace AkiDb.SearchEngine.Api;

/// <summary>Answers a write, with its number in the header too.</summary>
internal static class WrittenAnswer
{
    /// <param name="context">The request.</param>
    /// <param name="result">What the write did.</param>
    /// <param name="truncated">Texts that were longer than the model reads.</param>
    public static Task WriteAsync(HttpContext context, WriteResult result, int truncated = 0)
    {
        EngineState.SetSequence(context, result.Sequence);
        var answer = new WriteAnswer(result.Count, result.Sequence, RequestTrace.Of(context).TraceId, truncated > 0 ? truncated : null);
        return JsonBody.WriteAsync(context, answer, ApiJson.Default.WriteAnswer);
    }
}
