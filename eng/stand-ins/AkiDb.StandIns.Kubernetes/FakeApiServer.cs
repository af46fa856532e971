using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AkiDb.StandIns.Kubernetes;

/// <summary>
/// Stands in for a cluster's API server, over real HTTPS: it authenticates the token, authorises by a Role's rules, keeps objects
/// with growing resource versions, refuses writes of outdated ones, serves the <c>scale</c> subresource of Deployments and
/// watches, and can be told to fail. Source: kubernetes.io/docs/reference/using-api/api-concepts.
/// </summary>
public sealed class FakeApiServer : IAsyncDisposable
{
    private const string User = "system:serviceaccount:akidb:predictive-autoscaler";
    private const string MergePatch = "application/merge-patch+json";

    private readonly ObjectTable _objects = new();
    private readonly WebApplication _app;
    private readonly string _folder;
    private CancellationTokenSource _watches = new();

    private FakeApiServer(IReadOnlyList<RoleRule> rules, string? folder)
    {
        Rules = rules;
        _folder = folder is null ? Directory.CreateTempSubdirectory("akidb-api-").FullName : Directory.CreateDirectory(folder).FullName;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = Certificate(key);
        File.WriteAllText(AuthorityFile, certificate.ExportCertificatePem());
        ReplaceToken("first-token");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    /// <summary>Where it listens: a free port of the loopback interface.</summary>
    public Uri Url => new(_app.Urls.First());

    /// <summary>What the caller's Role grants.</summary>
    public IReadOnlyList<RoleRule> Rules { get; set; }

    /// <summary>The one token that is accepted.</summary>
    public string Token { get; private set; } = "";

    /// <summary>File with the token, as a pod would have it.</summary>
    public string TokenFile => Path.Combine(_folder, "token");

    /// <summary>File with the authority, as a pod would have it.</summary>
    public string AuthorityFile => Path.Combine(_folder, "ca.crt");

    /// <summary>Asked before each authorised call; null answers it as usual.</summary>
    public Func<ApiCall, ApiFault?> Fault { get; set; } = _ => null;

    /// <summary>Every call so far with the status it got, e.g. <c>patch deployments/scale akidb-rest 200</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>Starts one.</summary>
    /// <param name="rules">What the caller's Role grants.</param>
    /// <param name="folder">Folder for token and authority, removed at the end; null for a temporary one.</param>
    public static async Task<FakeApiServer> StartAsync(IReadOnlyList<RoleRule> rules, string? folder = null)
    {
        var server = new FakeApiServer(rules, folder);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Puts an object there, or changes it, as someone with all rights.</summary>
    public void Put(string group, string space, string resource, JsonObject value)
    {
        var name = value["metadata"]!["name"]!.ToString();
        _objects.Write($"{group}/{space}/{resource}/{name}", _ => value.DeepClone().AsObject());
    }

    /// <summary>Puts a Deployment of so many replicas there.</summary>
    public void PutDeployment(string space, string name, int replicas) => Put("apps", space, "deployments", new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = space },
        ["spec"] = new JsonObject { ["replicas"] = replicas },
        ["status"] = new JsonObject { ["replicas"] = replicas },
    });

    /// <summary>Says, as the Deployment's controller does, how many replicas there are.</summary>
    public void PutStatus(string space, string name, int replicas) => _objects.Write($"apps/{space}/deployments/{name}", before =>
    {
        before!["status"]!["replicas"] = replicas;
        return before;
    });

    /// <summary>Puts a ConfigMap there.</summary>
    public void PutConfigMap(string space, string name, params (string Key, string Value)[] data) => Put("", space, "configmaps", new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = space },
        ["data"] = new JsonObject(data.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
    });

    /// <summary>Removes an object, as someone with all rights.</summary>
    public void Remove(string group, string space, string resource, string name) => _objects.Remove($"{group}/{space}/{resource}/{name}");

    /// <summary>An object as it is; null if there is none.</summary>
    public JsonObject? Find(string group, string space, string resource, string name) => _objects.Find($"{group}/{space}/{resource}/{name}");

    /// <summary>The objects of a kind.</summary>
    public IReadOnlyList<JsonObject> List(string group, string space, string resource) => _objects.List($"{group}/{space}/{resource}/");

    /// <summary>Replicas that a Deployment is told to have.</summary>
    public int Replicas(string space, string name) => Find("apps", space, "deployments", name)!["spec"]!["replicas"]!.GetValue<int>();

    /// <summary>Renews the token: the old one is refused from now on.</summary>
    public void ReplaceToken(string token)
    {
        File.WriteAllText(TokenFile, token + "\n");
        Token = token;
    }

    /// <summary>Breaks every open watch, as a restart of the API server does.</summary>
    public void DropWatches() => Interlocked.Exchange(ref _watches, new CancellationTokenSource()).Cancel();

    /// <summary>Forgets old versions: watches from before get 410.</summary>
    public void Compact() => _objects.Compact();

    public async ValueTask DisposeAsync()
    {
        DropWatches();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _watches.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static X509Certificate2 Certificate(ECDsa key)
    {
        var request = new CertificateRequest("CN=kube-apiserver", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private async Task HandleAsync(HttpContext context)
    {
        var call = ApiCall.Of(context.Request);
        try
        {
            if (context.Request.Headers.Authorization != $"Bearer {Token}")
            {
                throw new ApiStatus(401, "Unauthorized", "Unauthorized");
            }

            if (call is null)
            {
                throw new ApiStatus(404, "NotFound", "the server could not find the requested resource");
            }

            if (!Rules.Any(rule => rule.Grants(call)))
            {
                throw ApiStatus.Forbidden(call, User);
            }

            await FailAsync(context, call);
            if (call.Verb == "watch")
            {
                await WatchAsync(context, call);
                return;
            }

            await AnswerAsync(context, call, call.Verb == "create" ? 201 : 200, await AnswerOfAsync(context, call));
        }
        catch (ApiStatus status)
        {
            await AnswerAsync(context, call, status.Code, status.ToJson());
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    private async Task FailAsync(HttpContext context, ApiCall call)
    {
        if (Fault(call) is not { } fault)
        {
            return;
        }

        await Task.Delay(fault.Delay, context.RequestAborted);
        if (fault.Aborts)
        {
            throw new OperationCanceledException();
        }

        if (fault.TouchesObject && _objects.Find(call.Key) is not null)
        {
            _objects.Write(call.Key, before => before!);
        }

        if (fault.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (fault.Status is { } status)
        {
            throw status == 429
                ? new ApiStatus(429, "TooManyRequests", "too many requests, please try again later")
                : new ApiStatus(status, "InternalError", $"an error on the server (\"{status}\") has prevented the request from succeeding");
        }
    }

    private async Task<JsonObject> AnswerOfAsync(HttpContext context, ApiCall call) => call.Verb switch
    {
        "get" => View(call, _objects.Find(call.Key) ?? throw ApiStatus.NotFound(call)),
        "list" => ListOf(call),
        "create" => Create(call, await BodyAsync(context, "application/json")),
        "update" => Update(call, await BodyAsync(context, "application/json")),
        "patch" => Patch(call, await BodyAsync(context, MergePatch)),
        _ => throw new ApiStatus(405, "MethodNotAllowed", $"the server does not allow {call.Verb} here"),
    };

    private JsonObject ListOf(ApiCall call) => new()
    {
        ["kind"] = "List",
        ["metadata"] = new JsonObject { ["resourceVersion"] = _objects.Version.ToString(CultureInfo.InvariantCulture) },
        ["items"] = new JsonArray([.. _objects.List(call.Key)]),
    };

    private JsonObject Create(ApiCall call, JsonObject body)
    {
        var metadata = body["metadata"]!.AsObject();
        var name = metadata["name"]?.ToString() ?? $"{metadata["generateName"]}{Guid.NewGuid():N}"[..40];
        metadata["name"] = name;
        metadata["namespace"] = call.Namespace;
        return _objects.Write(call.Key + name, before => before is null ? body : throw ApiStatus.Exists(call, name));
    }

    private JsonObject Update(ApiCall call, JsonObject body) => View(call, _objects.Write(call.Key, before =>
    {
        if (before is null)
        {
            throw ApiStatus.NotFound(call);
        }

        if (body["metadata"]?["resourceVersion"] is null)
        {
            throw ApiStatus.Invalid(call, "metadata.resourceVersion: Invalid value: 0x0: must be specified for an update");
        }

        CheckVersion(call, before, body);
        return call.Subresource.Length == 0 ? body : Scaled(call, before, body);
    }));

    private JsonObject Patch(ApiCall call, JsonObject patch) => View(call, _objects.Write(call.Key, before =>
    {
        if (before is null)
        {
            throw ApiStatus.NotFound(call);
        }

        CheckVersion(call, before, patch);
        return call.Subresource.Length == 0 ? Merge(before, patch) : Scaled(call, before, patch);
    }));

    private static void CheckVersion(ApiCall call, JsonObject before, JsonObject change)
    {
        if (change["metadata"]?["resourceVersion"] is { } version && version.ToString() != before["metadata"]!["resourceVersion"]!.ToString())
        {
            throw ApiStatus.Conflict(call);
        }
    }

    private static JsonObject Scaled(ApiCall call, JsonObject before, JsonObject change)
    {
        if (change["spec"]?["replicas"] is { } replicas)
        {
            before["spec"]!["replicas"] = replicas.GetValue<int>() is var count and >= 0
                ? count
                : throw ApiStatus.Invalid(call, $"spec.replicas: Invalid value: {replicas}: must be greater than or equal to 0");
        }

        return before;
    }

    // RFC 7396.
    private static JsonObject Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (key, value) in patch)
        {
            if (value is null)
            {
                target.Remove(key);
            }
            else
            {
                target[key] = value is JsonObject inner ? Merge(target[key] as JsonObject ?? [], inner).DeepClone() : value.DeepClone();
            }
        }

        return target;
    }

    private static JsonObject View(ApiCall call, JsonObject value) => call.Subresource switch
    {
        "" => value,
        "scale" => new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = value["metadata"]!.DeepClone(),
            ["spec"] = new JsonObject { ["replicas"] = value["spec"]!["replicas"]!.DeepClone() },
            ["status"] = new JsonObject { ["replicas"] = value["status"]!["replicas"]!.DeepClone(), ["selector"] = $"app.kubernetes.io/name={call.Name}" },
        },
        _ => throw ApiStatus.NotFound(call),
    };

    private static async Task<JsonObject> BodyAsync(HttpContext context, string type)
    {
        if (context.Request.ContentType?.Split(';')[0] != type)
        {
            throw new ApiStatus(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: {type}");
        }

        try
        {
            return (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!.AsObject();
        }
        catch (JsonException e)
        {
            throw new ApiStatus(400, "BadRequest", e.Message);
        }
    }

    private async Task WatchAsync(HttpContext context, ApiCall call)
    {
        var version = long.Parse(context.Request.Query["resourceVersion"].ToString(), CultureInfo.InvariantCulture);
        var seconds = int.Parse(context.Request.Query["timeoutSeconds"].ToString(), CultureInfo.InvariantCulture);
        Calls.Enqueue($"{call.Verb} {call.FullResource} {call.Name} 200");
        context.Response.ContentType = "application/json";
        await context.Response.Body.FlushAsync(context.RequestAborted);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _watches.Token);
        var isOver = Task.Delay(TimeSpan.FromSeconds(seconds), end.Token);
        while (!isOver.IsCompleted)
        {
            var changed = _objects.Changed;
            if (_objects.After(version, call.Key) is not { } events)
            {
                await WriteEventAsync(context, "ERROR", ApiStatus.Expired(version).ToJson());
                return;
            }

            foreach (var (at, type, value) in events)
            {
                version = at;
                await WriteEventAsync(context, type, value);
            }

            await Task.WhenAny(changed, isOver);
        }

        end.Token.ThrowIfCancellationRequested();
    }

    private static async Task WriteEventAsync(HttpContext context, string type, JsonObject value)
    {
        await context.Response.WriteAsync(new JsonObject { ["type"] = type, ["object"] = value.DeepClone() }.ToJsonString() + "\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private async Task AnswerAsync(HttpContext context, ApiCall? call, int status, JsonObject body)
    {
        Calls.Enqueue(call is null ? $"{context.Request.Method} {context.Request.Path} {status}" : $"{call.Verb} {call.FullResource} {call.Name} {status}");
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }
}
