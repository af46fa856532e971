using AkiDb.SearchEngine.Limits;
using AkiDb.SearchEngine.Observability;
using AkiDb.SearchEngine.Texts;

namespace AkiDb.SearchEngine.Api;

/// <summary>Texts in, vectors out.</summary>
internal sealed class EmbedEndpoint(TextEncoder texts, RequestLimits limits)
{
    public async Task EmbedAsync(HttpContext context)
    {
        var request = await JsonBody.ReadAsync(context, ApiJson.Default.EmbedRequest);
        if (request.Texts.Count == 0 || request.Texts.Count > limits.Batch)
        {
            throw ProblemException.Invalid($"texts has {request.Texts.Count:#,0} entries; wanted 1 to {limits.Batch:#,0}.");
        }

        for (var i = 0; i < request.Texts.Count; i++)
        {
            if (request.Texts[i] is null || TextEncoder.FindProblem(request.Texts[i]) is not null)
            {
                throw ProblemException.Invalid($"texts[{i}]: {(request.Texts[i] is { } text ? TextEncoder.FindProblem(text) : "is null; wanted a text")}.");
            }
        }

        var model = texts.Require(request.Model);
        var results = await texts.EncodeAsync(request.Texts, context.RequestAborted);
        await JsonBody.WriteAsync(context, new EmbedAnswer(
            [.. results.Select(result => result.Vector)], model.Name, model.Sha256, results.Sum(result => result.TokenCount),
            results.Count(result => result.Truncated), RequestTrace.Of(context).TraceId), ApiJson.Default.EmbedAnswer);
    }
}
