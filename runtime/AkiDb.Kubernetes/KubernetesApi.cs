using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AkiDb.Kubernetes;

/// <summary>
/// Calls of the Kubernetes API, over HTTPS and with the pod's own identity. Only the cluster's authority is trusted, and the
/// token is read anew for each call: bound tokens are renewed on disk every hour. Thread-safe.
/// </summary>
/// <remarks>A failed call is not repeated here: who called knows whether the object must be read again first.</remarks>
public sealed class KubernetesApi : IDisposable
{
    /// <summary>Where a pod finds its token and the cluster's authority.</summary>
    public const string ServiceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly string? _tokenFile;
    private readonly TimeSpan _callLimit;

    /// <summary>Makes a client.</summary>
    /// <param name="server">Address of the API server.</param>
    /// <param name="tokenFile">File with the bearer token; null to send none.</param>
    /// <param name="handler">Connections; disposed with the client.</param>
    /// <param name="callLimit">Longest call that is no watch. Default: 10 s.</param>
    public KubernetesApi(Uri server, string? tokenFile, HttpMessageHandler handler, TimeSpan? callLimit = null)
    {
        (_tokenFile, _callLimit) = (tokenFile, callLimit ?? CallLimit);
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

        var literal = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        return Connect(
            new Uri($"https://{literal}:{port}"), Path.Combine(ServiceAccountFolder, "token"), Path.Combine(ServiceAccountFolder, "ca.crt"));
    }

    /// <summary>A client of any API server.</summary>
    /// <param name="server">Its address.</param>
    /// <param name="tokenFile">File with the bearer token; null to send none.</param>
    /// <param name="authorityFile">PEM file of the only authority whose certificates are trusted; where it is null or missing, the
    /// system's authorities are.</param>
    /// <param name="callLimit">Longest call that is no watch. Default: 10 s.</param>
    public static KubernetesApi Connect(Uri server, string? tokenFile, string? authorityFile, TimeSpan? callLimit = null)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        if (File.Exists(authorityFile))
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(authorityFile);
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        }

        return new KubernetesApi(server, tokenFile, handler, callLimit);
    }

    /// <summary>Reads an object or a list.</summary>
    /// <exception cref="KubernetesException">The API refused.</exception>
    /// <exception cref="HttpRequestException">The API cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">It did not answer in time.</exception>
    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Creates an object in the collection at <paramref name="path"/>.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public Task<JsonNode> CreateAsync(string path, JsonNode body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, Content(body, "application/json"), cancellationToken);

    /// <summary>Replaces an object; a conflict if it has changed since its <c>resourceVersion</c> was read.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public Task<JsonNode> ReplaceAsync(string path, JsonNode body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, path, Content(body, "application/json"), cancellationToken);

    /// <summary>Changes parts of an object by an RFC 7396 merge patch; with a <c>resourceVersion</c> in it, only if that still holds.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public Task<JsonNode> PatchAsync(string path, JsonNode patch, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Patch, path, Content(patch, "application/merge-patch+json"), cancellationToken);

    /// <summary>Waits until something on a list changes after <paramref name="version"/>, or the server ends the watch. Either way
    /// the list is to be read again, also when the version was too old.</summary>
    /// <param name="path">Path of a list.</param>
    /// <param name="version">The list's <c>resourceVersion</c>.</param>
    /// <param name="longest">When the server should end the watch; whole seconds.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KubernetesException">The API refused.</exception>
    /// <exception cref="HttpRequestException">The API cannot be reached.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task WaitForChangeAsync(string path, string version, TimeSpan longest, CancellationToken cancellationToken)
    {
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        using var request = await RequestAsync(HttpMethod.Get,
            $"{path}{separator}watch=1&timeoutSeconds={(int)longest.TotalSeconds}&resourceVersion={Uri.EscapeDataString(version)}", cancellationToken);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode == System.Net.HttpStatusCode.Gone)
        {
            return;
        }

        await ThrowIfRefusedAsync(request, response, cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        await reader.ReadLineAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static StringContent Content(JsonNode body, string type) => new(body.ToJsonString(), new MediaTypeHeaderValue(type));

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_callLimit);
        using var request = await RequestAsync(method, path, limit.Token);
        request.Content = content;
        using var response = await _http.SendAsync(request, limit.Token);
        await ThrowIfRefusedAsync(request, response, limit.Token);
        try
        {
            return JsonNode.Parse(await response.Content.ReadAsStreamAsync(limit.Token))
                ?? throw new HttpRequestException($"{method} {path} answered with nothing.");
        }
        catch (JsonException e)
        {
            throw new HttpRequestException($"{method} {path} answered with what is no JSON: {e.Message}", e);
        }
    }

    private static async Task ThrowIfRefusedAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var said = MessageOf(await response.Content.ReadAsStringAsync(cancellationToken));
        throw new KubernetesException(
            $"{request.Method} {request.RequestUri?.OriginalString}: {(int)response.StatusCode} {said}", response.StatusCode, response.Headers.RetryAfter?.Delta);
    }

    // The API tells errors as an object of kind Status; whatever stands before it may not.
    private static string MessageOf(string body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject status && status["message"] is JsonValue message ? message.ToString() : body;
        }
        catch (JsonException)
        {
            return body;
        }
    }

    private async Task<HttpRequestMessage> RequestAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, path);
        if (_tokenFile is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(_tokenFile, cancellationToken)).Trim());
        }

        return request;
    }
}
