using System.Globalization;
using System.Text.Json;
using AkiDb.SearchEngine.Observability;

namespace AkiDb.SearchEngine.Api;

/// <summary>Writes problem details. Nothing of the program's inside is in them; the log has it under the same trace id.</summary>
internal static class ProblemAnswer
{
    public static async Task WriteAsync(HttpContext context, ProblemException problem)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            // Half an answer went out: only cutting it says that the rest is missing.
            context.Abort();
            return;
        }

        response.Headers.ContentLength = null;
        response.StatusCode = problem.Status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer realm=\"akidb\"";
        }

        if (problem.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await using var json = new Utf8JsonWriter(response.BodyWriter, JsonText.Options);
        json.WriteStartObject();
        json.WriteString("type", "about:blank");
        json.WriteString("title", problem.Title);
        json.WriteNumber("status", problem.Status);
        json.WriteString("detail", problem.Detail);
        json.WriteString("trace_id", RequestTrace.Of(context).TraceId);
        json.WriteEndObject();
    }
}
