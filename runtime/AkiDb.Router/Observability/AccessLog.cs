using System.Buffers;
using System.Text.Json;
using AkiDb.Router.Measurement;
using AkiDb.Router.Proxy;
using AkiDb.Router.Routing;

namespace AkiDb.Router.Observability;

/// <summary>
/// One JSON line a request. Requests write into a buffer in memory and never wait for the disk; when the writer cannot keep up,
/// lines are dropped and counted rather than requests delayed.
/// </summary>
internal sealed class AccessLog : IAsyncDisposable
{
    private const int MaxPendingBytes = 8 * 1024 * 1024;
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(200);

    [ThreadStatic]
    private static LineBuffer? _line;

    private readonly Stream? _output;
    private readonly RandomSequence _random;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _writer;
    private ArrayBufferWriter<byte> _pending = new(64 * 1024);
    private ArrayBufferWriter<byte> _spare = new(64 * 1024);
    private long _dropped;

    /// <param name="path">File to append to, "-" for standard output, null for none.</param>
    /// <param name="time">Clock of the time stamps.</param>
    /// <param name="random">Draws the sample of successful requests.</param>
    public AccessLog(string? path, TimeProvider time, RandomSequence random)
    {
        (_time, _random) = (time, random);
        _output = path switch
        {
            null => null,
            "-" => Console.OpenStandardOutput(),
            _ => new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0, useAsync: true),
        };
        _writer = _output is null ? Task.CompletedTask : Task.Run(WriteLoopAsync);
    }

    /// <summary>Lines lost because the writer could not keep up.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    public void Write(HttpContext context, Exchange exchange, double nowMs)
    {
        if (_output is null)
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
        var line = _line ??= new LineBuffer();
        WriteLine(line.Begin(), context, exchange, status, elapsedMs);
        var bytes = line.End();
        lock (_gate)
        {
            if (_pending.WrittenCount > MaxPendingBytes)
            {
                _dropped++;
            }
            else
            {
                _pending.Write(bytes);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _writer;
        if (_output is not null)
        {
            await _output.DisposeAsync();
        }

        _stop.Dispose();
    }

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

    private async Task WriteLoopAsync()
    {
        var isStopping = false;
        while (!isStopping)
        {
            isStopping = await IsStoppingAfterAsync(FlushInterval);
            ArrayBufferWriter<byte> full;
            lock (_gate)
            {
                (full, _pending) = (_pending, _spare);
            }

            await _output!.WriteAsync(full.WrittenMemory);
            await _output.FlushAsync();
            full.ResetWrittenCount();
            _spare = full;
        }
    }

    private async Task<bool> IsStoppingAfterAsync(TimeSpan wait)
    {
        try
        {
            await Task.Delay(wait, _time, _stop.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    /// <summary>One thread's line in the making.</summary>
#pragma warning disable CA1001 // The writer lives as long as its thread, and its buffer is managed memory.
    private sealed class LineBuffer
#pragma warning restore CA1001
    {
        private readonly ArrayBufferWriter<byte> _bytes = new(1_024);
        private readonly Utf8JsonWriter _json;

        public LineBuffer() => _json = new Utf8JsonWriter(_bytes, new JsonWriterOptions { SkipValidation = true });

        public Utf8JsonWriter Begin()
        {
            _bytes.ResetWrittenCount();
            _json.Reset();
            return _json;
        }

        public ReadOnlySpan<byte> End()
        {
            _json.Flush();
            _bytes.Write("\n"u8);
            return _bytes.WrittenSpan;
        }
    }
}
