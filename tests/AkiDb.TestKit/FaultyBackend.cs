using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace AkiDb.TestKit;

/// <summary>What a <see cref="FaultyBackend"/> does with requests.</summary>
public enum BackendFault
{
    None,

    /// <summary>Answers after <see cref="FaultyBackend.Delay"/>.</summary>
    Slow,

    /// <summary>Takes requests and never answers.</summary>
    Hung,

    /// <summary>Answers 500.</summary>
    ServerError,

    /// <summary>Sends a part of the answer's body and resets the connection.</summary>
    ResetMidway,

    /// <summary>Takes a request and resets the connection without an answer.</summary>
    ResetAtOnce,

    /// <summary>Answers as usual and says that it is draining; readiness says no.</summary>
    Draining,
}

/// <summary>
/// A real Kestrel server that can be told to misbehave, and that remembers every request id it was asked to do, so that a test
/// can tell a request that was sent twice.
/// </summary>
public sealed class FaultyBackend : IAsyncDisposable
{
    public const string RequestId = "X-Request-Id";

    private readonly ConcurrentDictionary<ConnectionContext, bool> _connections = [];
    private readonly HttpProtocols _protocols;
    private readonly RequestDelegate _answer;
    private WebApplication? _app;

    private FaultyBackend(int port, HttpProtocols protocols, RequestDelegate? answer)
    {
        Port = port;
        _protocols = protocols;
        _answer = answer ?? AnswerAsync;
    }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}";

    public BackendFault Fault { get; set; }

    public TimeSpan Delay { get; set; }

    /// <summary>Bytes of a good answer's body.</summary>
    public int BodyBytes { get; set; } = 100;

    /// <summary>Ids of the requests that arrived, as often as they did; readiness probes are not among them.</summary>
    public ConcurrentQueue<string> Received { get; } = [];

    /// <summary>Requests that are being answered.</summary>
    public int InProgress { get; private set; }

    public static async Task<FaultyBackend> StartAsync(RequestDelegate? answer = null, HttpProtocols protocols = HttpProtocols.Http1)
    {
        var backend = new FaultyBackend(FreePort.Next(), protocols, answer);
        await backend.ReviveAsync();
        return backend;
    }

    /// <summary>Stops listening and resets every connection, as when the machine is gone.</summary>
    public async Task KillAsync()
    {
        if (Interlocked.Exchange(ref _app, null) is not { } app)
        {
            return;
        }

        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        foreach (var connection in _connections.Keys)
        {
            Reset(connection);
        }

        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    /// <summary>Listens again on the same port.</summary>
    public async Task ReviveAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Limits.MaxRequestBodySize = null;
            options.Listen(IPAddress.Loopback, Port, listen =>
            {
                listen.Protocols = _protocols;
                listen.Use(next => connection => TrackAsync(connection, next));
            });
        });
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(HandleAsync);
        await app.StartAsync();
        _app = app;
    }

    public ValueTask DisposeAsync() => new(KillAsync());

    private async Task TrackAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        _connections[connection] = true;
        try
        {
            await next(connection);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path == "/healthz/ready")
        {
            await AnswerProbeAsync(context);
            return;
        }

        Received.Enqueue(context.Request.Headers[RequestId].ToString());
        InProgress++;
        try
        {
            await _answer(context);
        }
        finally
        {
            InProgress--;
        }
    }

    private async Task AnswerProbeAsync(HttpContext context)
    {
        if (Fault == BackendFault.Hung)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        context.Response.StatusCode = Fault is BackendFault.Draining or BackendFault.ServerError ? 503 : 200;
        if (Fault == BackendFault.Draining)
        {
            context.Response.Headers["X-Draining"] = "1";
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        switch (Fault)
        {
            case BackendFault.Hung:
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                return;
            case BackendFault.Slow:
                await Task.Delay(Delay, context.RequestAborted);
                break;
            case BackendFault.ServerError:
                context.Response.StatusCode = 500;
                return;
            case BackendFault.ResetAtOnce:
                Reset(context.Features.GetRequiredFeature<IConnectionItemsFeature>());
                return;
            case BackendFault.ResetMidway:
                context.Response.ContentLength = BodyBytes;
                await context.Response.Body.WriteAsync(new byte[BodyBytes / 2]);
                await context.Response.Body.FlushAsync();
                Reset(context.Features.GetRequiredFeature<IConnectionItemsFeature>());
                return;
            case BackendFault.Draining:
                context.Response.Headers["X-Draining"] = "1";
                break;
        }

        context.Response.ContentLength = BodyBytes;
        await context.Response.Body.WriteAsync(new byte[BodyBytes]);
    }

    private void Reset(IConnectionItemsFeature feature)
    {
        foreach (var connection in _connections.Keys.Where(connection => ReferenceEquals(connection.Items, feature.Items)))
        {
            Reset(connection);
        }
    }

    // Lingering for zero seconds makes the system send RST instead of a polite end.
    private static void Reset(ConnectionContext connection)
    {
        if (connection.Features.Get<IConnectionSocketFeature>() is { Socket: { } socket })
        {
            try
            {
                socket.LingerState = new LingerOption(true, 0);
            }
            catch (SocketException)
            {
                // It is closed already, which is what was wanted.
            }
            catch (ObjectDisposedException)
            {
                // Likewise.
            }
        }

        connection.Abort();
    }
}
