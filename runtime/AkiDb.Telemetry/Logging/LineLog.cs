using System.Buffers;

namespace AkiDb.Telemetry.Logging;

/// <summary>
/// Lines on their way to a file or to standard output. Who writes one copies it into memory and never waits for the disk; when the
/// writer cannot keep up, lines are dropped and counted rather than callers delayed.
/// </summary>
public sealed class LineLog : IAsyncDisposable
{
    private const int MaxPendingBytes = 8 * 1024 * 1024;
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(200);

    private readonly Stream _output;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _writer;
    private ArrayBufferWriter<byte> _pending = new(64 * 1024);
    private ArrayBufferWriter<byte> _spare = new(64 * 1024);
    private long _dropped;
    private bool _isClosed;

    /// <param name="output">Where the lines go; closed with the log.</param>
    /// <param name="time">Clock of the flushes.</param>
    public LineLog(Stream output, TimeProvider time)
    {
        (_output, _time) = (output, time);
        _writer = Task.Run(WriteLoopAsync);
    }

    /// <summary>A log that appends to a file, or writes to standard output where <paramref name="path"/> is "-".</summary>
    public static LineLog Open(string path, TimeProvider time) => new(
        path == "-"
            ? Console.OpenStandardOutput()
            : new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0, useAsync: true),
        time);

    /// <summary>Lines lost because the writer could not keep up.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Takes a line, its end included.</summary>
    public void Write(ReadOnlySpan<byte> line)
    {
        lock (_gate)
        {
            if (_isClosed || _pending.WrittenCount > MaxPendingBytes)
            {
                _dropped++;
            }
            else
            {
                _pending.Write(line);
            }
        }
    }

    /// <summary>Writes what is pending and closes the output.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
        }

        await _stop.CancelAsync();
        await _writer;
        await _output.DisposeAsync();
        _stop.Dispose();
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

            await _output.WriteAsync(full.WrittenMemory);
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
}
