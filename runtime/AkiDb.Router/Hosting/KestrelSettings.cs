using System.Net;
using System.Security.Cryptography.X509Certificates;
using AkiDb.Contracts;
using AkiDb.Router.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AkiDb.Router.Hosting;

/// <summary>What the server in front accepts, and where.</summary>
internal static class KestrelSettings
{
    public static void Apply(KestrelServerOptions options, RouterConfig config, string? urls)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = config.Limits.MaxBodyBytes;
        options.Limits.MaxRequestHeadersTotalSize = config.Limits.MaxHeaderBytes;
        options.Limits.MaxRequestHeaderCount = 100;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        // The backend sets the pace of an answer; a slow reader is cut by the idle limit.
        options.Limits.MinResponseDataRate = null;
        foreach (var listen in Endpoints(config, urls))
        {
            Listen(options, listen);
        }
    }

    private static IEnumerable<ListenConfig> Endpoints(RouterConfig config, string? urls)
    {
        if (urls is not null)
        {
            return urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(url =>
                AddressUrl.IsOrigin(url) && url.StartsWith("http:", StringComparison.Ordinal)
                    ? new ListenConfig(url, ListenProtocols.Both, null, null)
                    : throw new ConfigException([new ConfigError("--urls", url, "http://ADDRESS:PORT (https needs 'listen' in the configuration)", "http://0.0.0.0:8080")]));
        }

        return config.Listen.Count > 0 ? config.Listen : [new ListenConfig($"http://0.0.0.0:{ServiceEndpoints.Port}", ListenProtocols.Both, null, null)];
    }

    private static void Listen(KestrelServerOptions options, ListenConfig listen)
    {
        var uri = new Uri(listen.Url);
        void Configure(ListenOptions endpoint)
        {
            endpoint.Protocols = listen.Protocols switch
            {
                ListenProtocols.Http1 => HttpProtocols.Http1,
                ListenProtocols.Http2 => HttpProtocols.Http2,
                _ => uri.Scheme == "https" ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1,
            };
            if (listen is { CertificateFile: { } certificate, KeyFile: { } key } && uri.Scheme == "https")
            {
                endpoint.UseHttps(X509Certificate2.CreateFromPemFile(certificate, key));
            }
        }

        if (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address))
        {
            options.Listen(address, uri.Port, Configure);
        }
        else if (uri.Host == "localhost")
        {
            options.ListenLocalhost(uri.Port, Configure);
        }
        else
        {
            options.ListenAnyIP(uri.Port, Configure);
        }
    }
}
