using System.Runtime.ExceptionServices;
using AkiDb.Contracts;
using AkiDb.SearchEngine.Api;
using AkiDb.SearchEngine.Hosting;
using AkiDb.SearchEngine.Observability;
using AkiDb.Telemetry.Tracing;

namespace AkiDb.SearchEngine.Replication;

/// <summary>Passes a reader's writes on to the writer, with the caller's key and trace, and its answer back.</summary>
internal sealed class WriteForwarder(EngineSettings settings) : IDisposable
{
    private static readonly string[] Passed = ["Authorization", SearchHeaders.ApiKey, RequestHeaders.LatencyBudget];

    private static readonly string[] Returned = ["Allow", "Location", "Retry-After", "WWW-Authenticate", SearchHeaders.Sequence];

    // A slash that was sent encoded is part of an id; a Uri of the usual kind may write it otherwise.
    private static readonly UriCreationOptions AsSent = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public async Task ForwardAsync(HttpContext context)
    {
        if (settings.WriterUrl is not { } writer)
        {
            throw ProblemException.Unavailable("This is a reader and knows no writer (--writer); send writes to the writer itself.");
        }

        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method),
            new Uri($"{writer.TrimEnd('/')}{SentPath.Of(context)}{context.Request.QueryString}", AsSent));
        if (context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
            request.Content.Headers.ContentLength = context.Request.ContentLength;
        }

        foreach (var name in Passed.Where(name => context.Request.Headers.ContainsKey(name)))
        {
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].ToString());
        }

        request.Headers.TryAddWithoutValidation(TraceContext.HeaderName, RequestTrace.Of(context).Context.Header);
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        }
        catch (HttpRequestException e) when (e.InnerException is BadHttpRequestException)
        {
            // It is the caller's body that cannot be read, such as one that is too large; the writer is well.
            ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
        catch (HttpRequestException)
        {
            throw ProblemException.Unavailable("The writer cannot be reached.");
        }

        using (response)
        {
            context.Response.StatusCode = (int)response.StatusCode;
            context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
            foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => Returned.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
            {
                context.Response.Headers[name] = string.Join(", ", values);
            }

            await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    public void Dispose() => _http.Dispose();
}
