using System.Text.Json;
using AkiDb.Router.Measurement;
using AkiDb.Router.Proxy;
using AkiDb.Router.Routing;
using AkiDb.Telemetry.Logging;

namespace AkiDb.Router.Observability;

/// <summary>
/// One JSON line a request. Requests write into a buffer in memory and never wait for the disk; when the writer cannot keep up,
/// lines are dropped and counted rather than requests delayed.
/// </summary>
internal sealed class AccessLog : IAsyncDisposable
{
    private readonly LineLog? _log;
    private readonly RandomSequence _random;
    private readonly TimeProvider _time;

    /// <param name="path">File to append to, "-" for standard output, null for none.</param>
    /// <param name="time">Clock of the time stamps.</param>
    /// <param name="random">Draws the sample of successful requests.</param>
    public AccessLog(string? path, TimeProvider time, RandomSequence random)
    {
        (_time, _random) = (time, random);
        _log = path is null ? null : LineLog.Open(path, time);
    }

    /// <summary>Lines lost because the writer could not keep up.</summary>
    public long Dropped => _log?.Dropped ?? 0;

    public void Write(HttpContext context, Exchange exchange, double nowMs)
    {
        if (_log is null)
        {
            return;
        }

        var status = RouterMetrics.StatusOf(context);
        var elapsedMs = nowMs - exchange.StartedAt;
        var isOrdinary = status < 400 && elapsedMs <= exchange.BudgetMs;
        var sample = exchange.Model.Config.AccessLog.SampleSuccess;
        if (isOrdinary && sample < 1 && _random.Unit() >= sample)
        {
            return;
        }

        // Formatted outside the lock: under it only bytes are copied.
        var line = JsonLine.OfThread;
        WriteLine(line.Begin(), context, exchange, status, elapsedMs);
        _log.Write(line.End());
    }

    public ValueTask DisposeAsync() => _log?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void WriteLine(Utf8JsonWriter json, HttpContext context, Exchange exchange, int status, double elapsedMs)
    {
        json.WriteStartObject();
        json.WriteString("time", _time.GetUtcNow().UtcDateTime);
        json.WriteString("trace_id", exchange.Trace.TraceId);
        json.WriteString("client", RemoteAddressText.Of(context));
        json.WriteString("method", context.Request.Method);
        json.WriteString("path", context.Request.Path.Value);
        json.WriteString("route", exchange.Route.Config.Name);
        json.WriteNumber("status", status);
        json.WriteNumber("ms", Math.Round(elapsedMs, 2));
        json.WriteNumber("budget_ms", exchange.BudgetMs);
        json.WriteString("backend", exchange.Decision.Backend?.Config.Name);
        json.WriteString("reason", exchange.Decision.Reason.NameOf());
        json.WriteNumber("attempts", exchange.Attempt);
        if (exchange.Attempt > 0)
        {
            json.WriteString("address", exchange.Address.Url);
        }

        if (exchange.Decision.Backend is { } backend)
        {
            json.WriteNumber("cost_usd", backend.Config.CostPerMillionUsd * exchange.Attempt / 1_000_000);
        }

        json.WriteEndObject();
    }
}
