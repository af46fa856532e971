using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AkiDb.TestKit;

/// <summary>
/// What s3rver lacks and S3 has: conditional reads and writes ("Conditional requests" and "Conditional writes" of the S3 user guide),
/// in memory. GET with If-None-Match, PUT with If-Match and If-None-Match: *, DELETE; ETag is the content's MD5, errors are S3's XML.
/// Signatures are not computed, but a request without one is refused.
/// </summary>
public sealed class ConditionalS3 : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly WebApplication _app;

    private ConditionalS3()
    {
        Endpoint = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Endpoint.ToString());
        builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = null);
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public Uri Endpoint { get; }

    /// <summary>Objects by "bucket/key".</summary>
    public IReadOnlyDictionary<string, byte[]> Objects => _objects;

    /// <summary>Answers the next so many requests with 503 SlowDown, as S3 does under load.</summary>
    public int SlowDowns { get; set; }

    /// <summary>Answers the next write with 500 although it took place: the lost answer that a client has to see through.</summary>
    public bool LosesNextAnswer { get; set; }

    /// <summary>Breaks the connection in the midst of the next object that is read.</summary>
    public bool BreaksOffNextAnswer { get; set; }

    public static async Task<ConditionalS3> StartAsync()
    {
        var server = new ConditionalS3();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Writes an object past every condition.</summary>
    public void Set(string path, byte[] content) => _objects[path] = content;

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        if (!context.Request.Headers.Authorization.ToString().StartsWith("AWS4-HMAC-SHA256 Credential=", StringComparison.Ordinal))
        {
            await AnswerAsync(context, 403, "AccessDenied");
            return;
        }

        if (SlowDowns > 0)
        {
            SlowDowns--;
            await AnswerAsync(context, 503, "SlowDown");
            return;
        }

        var path = context.Request.Path.Value!.TrimStart('/');
        switch (context.Request.Method)
        {
            case "GET":
                await GetAsync(context, path);
                break;
            case "PUT":
                using (var body = new MemoryStream())
                {
                    await context.Request.Body.CopyToAsync(body);
                    await PutAsync(context, path, body.ToArray());
                }

                break;
            case "DELETE":
                _objects.TryRemove(path, out _);
                context.Response.StatusCode = 204;
                break;
            default:
                await AnswerAsync(context, 405, "MethodNotAllowed");
                break;
        }
    }

    private async Task GetAsync(HttpContext context, string path)
    {
        if (!_objects.TryGetValue(path, out var content))
        {
            await AnswerAsync(context, 404, "NoSuchKey");
            return;
        }

        context.Response.Headers.ETag = TagOf(content);
        if (context.Request.Headers.IfNoneMatch == TagOf(content))
        {
            context.Response.StatusCode = 304;
            return;
        }

        context.Response.ContentLength = content.Length;
        if (BreaksOffNextAnswer)
        {
            BreaksOffNextAnswer = false;
            await context.Response.Body.WriteAsync(content.AsMemory(0, content.Length / 2));
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }

        await context.Response.Body.WriteAsync(content);
    }

    private async Task PutAsync(HttpContext context, string path, byte[] content)
    {
        var headers = context.Request.Headers;
        if (headers["x-amz-content-sha256"] != Convert.ToHexStringLower(SHA256.HashData(content)))
        {
            await AnswerAsync(context, 400, "XAmzContentSHA256Mismatch");
            return;
        }

        bool holds;
        lock (_gate)
        {
            var there = _objects.TryGetValue(path, out var old) ? TagOf(old) : null;
            holds = (headers.IfNoneMatch.Count == 0 || there is null) && (headers.IfMatch.Count == 0 || headers.IfMatch == there);
            if (holds)
            {
                _objects[path] = content;
            }
        }

        if (!holds)
        {
            await AnswerAsync(context, 412, "PreconditionFailed");
        }
        else if (LosesNextAnswer)
        {
            LosesNextAnswer = false;
            await AnswerAsync(context, 500, "InternalError");
        }
        else
        {
            context.Response.Headers.ETag = TagOf(content);
        }
    }

#pragma warning disable CA5351 // S3's ETag is an MD5; nothing is protected with it.
    private static string TagOf(byte[] content) => $"\"{Convert.ToHexStringLower(MD5.HashData(content))}\"";
#pragma warning restore CA5351

    private static Task AnswerAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"<Error><Code>{code}</Code><Message>{code}</Message></Error>"));
    }
}
