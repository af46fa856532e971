using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AkiDb.Telemetry.Logging;

/// <summary>Writes what a service logs as JSON lines with the trace that was going on.</summary>
/// <param name="log">Where the lines go; not closed here.</param>
/// <param name="time">Clock of the time stamps.</param>
/// <param name="currentTrace">Trace id of the request being served on this flow of execution, or null.</param>
public sealed class JsonLogProvider(LineLog log, TimeProvider time, Func<string?> currentTrace) : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, ILogger> _loggers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) =>
        _loggers.GetOrAdd(categoryName, static (category, owner) => new CategoryLogger(owner, category), this);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The log outlives the provider: the host disposes it last.
    }

    private void Write(string category, LogLevel level, string message, Exception? exception)
    {
        var line = JsonLine.OfThread;
        var json = line.Begin();
        json.WriteStartObject();
        json.WriteString("time", time.GetUtcNow().UtcDateTime);
        json.WriteString("level", level.ToString());
        json.WriteString("category", category);
        json.WriteString("message", message);
        if ((currentTrace() ?? Activity.Current?.TraceId.ToString()) is { } trace)
        {
            json.WriteString("trace_id", trace);
        }

        if (exception is not null)
        {
            json.WriteString("exception", exception.ToString());
        }

        json.WriteEndObject();
        log.Write(line.End());
    }

    private sealed class CategoryLogger(JsonLogProvider owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.Write(category, logLevel, formatter(state, exception), exception);
    }
}
