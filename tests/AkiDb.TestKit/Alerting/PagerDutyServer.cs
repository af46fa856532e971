using System.Collections.Immutable;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AkiDb.TestKit.Alerting;

/// <summary>
/// Stands for PagerDuty's Events API v2 on the loopback interface: it judges every event as the documentation has it, answers 202,
/// 400 or 429, and keeps incidents by service and deduplication key.
/// </summary>
public sealed class PagerDutyServer : IAsyncDisposable
{
    // Events above this are answered with 413 (PagerDuty, "Send an Alert Event": 512 KB; read 2026-11).
    private const int MaxEventBytes = 512 * 1024;

    private readonly WebApplication _application;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _services;
    private readonly Dictionary<(string Service, string Key), DateTimeOffset> _open = [];
    private readonly List<PagerDutyEvent> _events = [];
    private readonly List<string> _refused = [];
    private readonly Channel<PagerDutyEvent> _arrivals = Channel.CreateUnbounded<PagerDutyEvent>();
    private readonly TimeSpan _autoResolve;

    private PagerDutyServer(WebApplication application, int port, IReadOnlyDictionary<string, string> services, TimeSpan autoResolve)
    {
        _application = application;
        _services = services.ToDictionary(service => service.Value, service => service.Key);
        _autoResolve = autoResolve;
        Url = new Uri($"http://127.0.0.1:{port}/v2/enqueue");
    }

    /// <summary>Where events go.</summary>
    public Uri Url { get; }

    /// <summary>How many of the next events are answered with 429, "too many".</summary>
    public int Refusals { get; set; }

    /// <summary>What was accepted, in order.</summary>
    public ImmutableArray<PagerDutyEvent> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    /// <summary>Why events were refused with 400.</summary>
    public ImmutableArray<string> Refused
    {
        get
        {
            lock (_gate)
                return [.. _refused];
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="services">Integration key, 32 characters, by name of the service.</param>
    /// <param name="autoResolve">After how long without an event an incident closes by itself. Default: 4 hours.</param>
    public static async Task<PagerDutyServer> StartAsync(IReadOnlyDictionary<string, string> services, TimeSpan? autoResolve = null)
    {
        var port = FreePort.Next();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var application = builder.Build();
        var server = new PagerDutyServer(application, port, services, autoResolve ?? TimeSpan.FromHours(4));
        application.MapPost("/v2/enqueue", server.EnqueueAsync);
        await application.StartAsync();
        return server;
    }

    /// <summary>Waits for the next accepted event that <paramref name="wanted"/> holds for; earlier ones are passed over.</summary>
    /// <exception cref="TimeoutException">None came; the message says what did.</exception>
    public async Task<PagerDutyEvent> NextAsync(Func<PagerDutyEvent, bool> wanted, TimeSpan limit)
    {
        using var patience = new CancellationTokenSource(limit);
        try
        {
            while (true)
            {
                var arrived = await _arrivals.Reader.ReadAsync(patience.Token);
                if (wanted(arrived))
                    return arrived;
            }
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"No such event within {limit.TotalSeconds:0.#} s. Came: "
                + string.Join("; ", Events.Select(one => $"{one.Service} {one.Action} {one.Summary}")) + ". Refused: " + string.Join("; ", Refused), e);
        }
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task<IResult> EnqueueAsync(HttpRequest request)
    {
        var at = TimeProvider.System.GetUtcNow();
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        if (body.Length > MaxEventBytes)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        JsonElement json;
        try
        {
            json = JsonSerializer.Deserialize<JsonElement>(body.ToArray());
        }
        catch (JsonException)
        {
            return Invalid("Unrecognized object", "Event object format is unrecognized", ["JSON parse error"]);
        }

        lock (_gate)
        {
            if (Refusals > 0)
            {
                Refusals--;
                return Results.StatusCode(StatusCodes.Status429TooManyRequests);
            }

            var problems = EventsV2.Problems(json).ToList();
            if (problems.Count > 0)
                return Invalid("invalid event", "Event object is invalid", problems);
            if (!_services.TryGetValue(EventsV2.Text(json, "routing_key")!, out var service))
                return Invalid("invalid event", "Event object is invalid", ["'routing_key' belongs to no integration"]);
            return Accept(json, service, at);
        }
    }

    private IResult Accept(JsonElement json, string service, DateTimeOffset at)
    {
        var action = EventsV2.Text(json, "event_action")!;
        var key = EventsV2.Text(json, "dedup_key") ?? Guid.NewGuid().ToString("N");
        var isOpen = _open.TryGetValue((service, key), out var last) && at - last < _autoResolve;
        if (action == "resolve")
            _open.Remove((service, key));
        else if (action == "trigger" || isOpen)
            _open[(service, key)] = at;
        var accepted = new PagerDutyEvent(at, service, action, key, action == "trigger" && !isOpen,
            json.TryGetProperty("payload", out var payload) ? payload : default);
        _events.Add(accepted);
        _arrivals.Writer.TryWrite(accepted);
        return Results.Json(new { status = "success", message = "Event processed", dedup_key = key }, statusCode: StatusCodes.Status202Accepted);
    }

    private IResult Invalid(string status, string message, List<string> errors)
    {
        lock (_gate)
            _refused.AddRange(errors);
        return Results.Json(new { status, message, errors }, statusCode: StatusCodes.Status400BadRequest);
    }
}
