using System.Collections.Concurrent;
using AkiDb.Router.Measurement;
using AkiDb.Router.Model;

namespace AkiDb.Router.Proxy;

/// <summary>
/// Exchanges for reuse, and the list of all of them, so that the heartbeat can find late and waiting attempts without requests
/// having to register anywhere.
/// </summary>
internal sealed class ExchangePool(RouterClock clock)
{
    private readonly ConcurrentQueue<Exchange> _free = new();
    private readonly List<Exchange> _all = [];
    private readonly List<(BackendState, double)> _waiting = [];
    private int _inUse;

    /// <summary>Requests being served.</summary>
    public int InUse => Volatile.Read(ref _inUse);

    public Exchange Rent()
    {
        Interlocked.Increment(ref _inUse);
        if (_free.TryDequeue(out var exchange))
        {
            return exchange;
        }

        exchange = new Exchange(clock);
        lock (_all)
        {
            _all.Add(exchange);
        }

        return exchange;
    }

    public void Return(Exchange exchange)
    {
        exchange.End();
        _free.Enqueue(exchange);
        Interlocked.Decrement(ref _inUse);
    }

    /// <summary>Cancels late attempts and lists those that wait for response headers, with their age in milliseconds. Heartbeat only.</summary>
    public IReadOnlyList<(BackendState Backend, double AgeMs)> Sweep(double nowMs)
    {
        _waiting.Clear();
        if (InUse == 0)
        {
            return _waiting;
        }

        Exchange[] all;
        lock (_all)
        {
            all = [.. _all];
        }

        foreach (var exchange in all)
        {
            exchange.CancelIfLate(nowMs);
            if (exchange is { WaitsFor: { } backend, IsLongUpload: false })
            {
                _waiting.Add((backend, nowMs - exchange.AttemptStartedAt));
            }
        }

        return _waiting;
    }
}
