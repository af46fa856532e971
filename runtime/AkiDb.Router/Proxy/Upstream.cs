using System.Net;
using AkiDb.Router.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace AkiDb.Router.Proxy;

/// <summary>
/// The connections to one backend, and how requests are sent on them. Never disposed: a request may hold an old model for as
/// long as it runs; the transport closes idle connections by itself and goes with the last model that refers to it.
/// </summary>
internal sealed class Upstream
{
    private readonly int _httpVersion;
    private readonly TimeoutConfig _timeouts;

    private Upstream(BackendConfig backend, TimeoutConfig timeouts, Hedge hedge)
    {
        _httpVersion = backend.HttpVersion;
        _timeouts = timeouts;
        RequestConfig = new ForwarderRequestConfig
        {
            ActivityTimeout = TimeSpan.FromMilliseconds(timeouts.IdleMs),
            Version = backend.HttpVersion == 2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = backend.HttpVersion == 2 ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrLower,
        };
        Invoker = new UpstreamInvoker(CreateHandler(timeouts), hedge);
    }

    public ForwarderRequestConfig RequestConfig { get; }

    public UpstreamInvoker Invoker { get; }

    /// <summary>The known upstream when its connections still suit the settings, else a new one.</summary>
    public static Upstream KeepOrCreate(Upstream? known, BackendConfig backend, TimeoutConfig timeouts, Hedge hedge) =>
        known is not null && known._httpVersion == backend.HttpVersion && known._timeouts == timeouts
            ? known
            : new Upstream(backend, timeouts, hedge);

    private static SocketsHttpHandler CreateHandler(TimeoutConfig timeouts) => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        EnableMultipleHttp2Connections = true,
        // The router writes traceparent itself, one for all attempts.
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromMilliseconds(timeouts.ConnectMs),
        PooledConnectionIdleTimeout = TimeSpan.FromMilliseconds(timeouts.IdleConnectionMs),
        // Connections are renewed so that a name that moved is looked up again.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
