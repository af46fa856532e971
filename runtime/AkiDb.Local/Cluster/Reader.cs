using AkiDb.Local.Processes;

namespace AkiDb.Local.Cluster;

/// <summary>A reader of the search engine: what a pod is in a cluster.</summary>
internal sealed class Reader(string name, Uri url, bool isSpot, ChildProcess process) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _drain = new();
    private bool _isGone;

    public string Name => name;

    public Uri Url => url;

    /// <summary>True on spot capacity: cheaper, and it may be taken away.</summary>
    public bool IsSpot => isSpot;

    public ChildProcess Process => process;

    public ReaderState State { get; set; } = ReaderState.Starting;

    /// <summary>Cancelled when it is to go.</summary>
    public CancellationToken IsToGo => _drain.Token;

    /// <summary>Asks it to go; at once it counts no more. One that is gone already stays so.</summary>
    public void Drain()
    {
        lock (_lock)
        {
            State = ReaderState.Draining;
            if (!_isGone)
            {
                _drain.Cancel();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        lock (_lock)
        {
            _isGone = true;
            _drain.Dispose();
        }
    }
}
