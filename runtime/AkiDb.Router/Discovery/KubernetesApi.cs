using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace AkiDb.Router.Discovery;

/// <summary>The few reads of the Kubernetes API that the router needs, with the pod's own identity.</summary>
internal sealed class KubernetesApi : IDisposable
{
    /// <summary>Where a pod finds its token and the cluster's authority.</summary>
    public const string ServiceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

    private static readonly TimeSpan ListLimit = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly string? _tokenFile;

    public KubernetesApi(Uri server, string? tokenFile, SocketsHttpHandler handler)
    {
        _tokenFile = tokenFile;
        _http = new HttpClient(handler) { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The API of the cluster that this pod runs in; null outside of one.</summary>
    public static KubernetesApi? InCluster()
    {
        var host = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST");
        var port = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT_HTTPS") ?? "443";
        if (string.IsNullOrEmpty(host))
        {
            return null;
        }

        var authority = Path.Combine(ServiceAccountFolder, "ca.crt");
        var handler = new SocketsHttpHandler { UseProxy = false };
        if (File.Exists(authority))
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(authority);
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        }

        var literal = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        return new KubernetesApi(new Uri($"https://{literal}:{port}"), Path.Combine(ServiceAccountFolder, "token"), handler);
    }

    /// <summary>Reads a list.</summary>
    /// <exception cref="HttpRequestException">The API refused or cannot be reached.</exception>
    public async Task<JsonNode> ListAsync(string path, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ListLimit);
        using var request = await RequestAsync(path, limit.Token);
        using var response = await _http.SendAsync(request, limit.Token);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStreamAsync(limit.Token)) ?? throw new HttpRequestException($"{path} answered with nothing.");
    }

    /// <summary>Waits until something on a list changes after <paramref name="version"/>, or the server ends the watch.</summary>
    /// <exception cref="HttpRequestException">The API refused or cannot be reached.</exception>
    public async Task WaitForChangeAsync(string path, string version, TimeSpan longest, CancellationToken cancellationToken)
    {
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        using var request = await RequestAsync(
            $"{path}{separator}watch=1&timeoutSeconds={(int)longest.TotalSeconds}&resourceVersion={Uri.EscapeDataString(version)}", cancellationToken);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        await reader.ReadLineAsync(cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpRequestMessage> RequestAsync(string path, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (_tokenFile is not null)
        {
            // Read each time: bound tokens are renewed on disk every hour.
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(_tokenFile, cancellationToken)).Trim());
        }

        return request;
    }
}
