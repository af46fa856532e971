using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AkiDb.TestKit;

/// <summary>Takes spans as an OpenTelemetry collector does over HTTP and keeps them.</summary>
public sealed class SpanSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<byte[]> _bodies = [];
    private readonly Lock _gate = new();

    private SpanSink()
    {
        Url = $"http://127.0.0.1:{FreePort.Next()}";
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Url);
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    public string Url { get; }

    /// <summary>Bytes received.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bodies.Sum(body => (long)body.Length);
            }
        }
    }

    public static async Task<SpanSink> StartAsync()
    {
        var sink = new SpanSink();
        await sink._app.StartAsync();
        return sink;
    }

    /// <summary>The spans received so far.</summary>
    public IReadOnlyList<ReceivedSpan> Spans
    {
        get
        {
            lock (_gate)
            {
                return [.. _bodies.SelectMany(ReceivedSpan.Read)];
            }
        }
    }

    /// <summary>Whether this text stands in what was received.</summary>
    public bool Contains(ReadOnlySpan<byte> text)
    {
        lock (_gate)
        {
            foreach (var body in _bodies)
            {
                if (body.AsSpan().IndexOf(text) >= 0)
                {
                    return true;
                }
            }

            return false;
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        lock (_gate)
        {
            _bodies.Add(body.ToArray());
        }

        context.Response.StatusCode = (int)HttpStatusCode.OK;
        context.Response.ContentType = "application/x-protobuf";
    }
}
