using AkiDb.Contracts;
using AkiDb.Local.Processes;

namespace AkiDb.Local.Cluster;

/// <summary>
/// The readers' Deployment: keeps as many processes as are wanted, two of three on spot, and replaces those that end. It does for
/// processes what the cluster does for pods.
/// </summary>
/// <param name="start">Starts the process of a reader of a name that serves a URL.</param>
/// <param name="http">For health.</param>
/// <param name="onChange">Told, in words, when readers come, go or change state; from any thread.</param>
internal sealed class ReaderPool(Func<string, Uri, ChildProcess> start, HttpClient http, Action<string> onChange) : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    // 70 % on spot (row C3).
    private const double OnDemandShare = 0.3;

    // Long enough for the router to read its new configuration before the reader stops listening.
    private static readonly TimeSpan DrainNotice = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<Reader> _readers = [];
    private readonly List<Task> _work = [];
    private readonly CancellationTokenSource _stopping = new();
    private int _wanted;
    private int _made;
    private Task _loop = Task.CompletedTask;

    /// <summary>How many readers there should be.</summary>
    public int Wanted => Volatile.Read(ref _wanted);

    /// <summary>How many answer.</summary>
    public int ReadyCount => Readers.Count(reader => reader.State == ReaderState.Ready);

    /// <summary>All that are not gone.</summary>
    public IReadOnlyList<Reader> Readers
    {
        get
        {
            lock (_lock)
            {
                return [.. _readers];
            }
        }
    }

    /// <summary>Starts to keep <paramref name="wanted"/> readers, and waits until they answer.</summary>
    public async Task StartAsync(int wanted, CancellationToken cancellation)
    {
        SetWanted(wanted);
        _loop = Task.Run(() => KeepAsync(_stopping.Token), CancellationToken.None);
        while (ReadyCount < wanted)
        {
            if (_loop.IsCompleted)
            {
                await _loop;
            }

            await Task.Delay(LookEvery, cancellation);
        }
    }

    /// <summary>Says how many there should be; the pool gets there by itself.</summary>
    public void SetWanted(int wanted) => Volatile.Write(ref _wanted, wanted);

    /// <summary>Ends a reader without notice; the pool replaces it.</summary>
    /// <returns>Its name; null if none answers.</returns>
    public async Task<string?> KillAsync()
    {
        if (Readers.FirstOrDefault(reader => reader.State == ReaderState.Ready) is not { } victim)
        {
            return null;
        }

        await victim.Process.KillAsync();
        return victim.Name;
    }

    /// <summary>What AWS does to a spot node: a notice, Karpenter's drain, the end two minutes later, here ten seconds.</summary>
    /// <returns>Its name; null if no spot reader answers.</returns>
    public string? InterruptSpot()
    {
        if (Readers.FirstOrDefault(reader => reader is { State: ReaderState.Ready, IsSpot: true }) is not { } victim)
        {
            return null;
        }

        Do(() => DrainAsync(victim));
        return victim.Name;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(Readers.Select(reader => reader.Process.StopAsync(TimeSpan.FromSeconds(3))));
        foreach (var reader in Readers)
        {
            await reader.Process.DisposeAsync();
        }

        _stopping.Dispose();
    }

    private async Task KeepAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await BuryAsync();
            var staying = Readers.Where(reader => reader.State is ReaderState.Starting or ReaderState.Ready).ToList();
            for (var missing = Wanted - staying.Count; missing > 0; missing--)
            {
                Add(cancellation);
            }

            // The newest goes first, as the one with the fewest connections.
            foreach (var surplus in Enumerable.Reverse(staying).Where(reader => reader.State == ReaderState.Ready).Take(staying.Count - Wanted))
            {
                Do(() => DrainAsync(surplus));
            }

            await Task.Delay(LookEvery, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Add(CancellationToken cancellation)
    {
        var number = ++_made;
        var url = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        var name = $"{ServiceNames.SearchEngine}-{number}";
        Reader reader;
        lock (_lock)
        {
            // Never less than one on demand: spot capacity may vanish all at once.
            var staying = _readers.Where(other => other.State != ReaderState.Draining).ToList();
            var onDemand = Math.Max(1, Math.Round(OnDemandShare * (staying.Count + 1)));
            reader = new Reader(name, url, isSpot: staying.Count(other => !other.IsSpot) >= onDemand, start(name, url));
            _readers.Add(reader);
        }

        onChange($"{name} starts on {(reader.IsSpot ? "spot" : "on-demand")} capacity");
        Do(() => BecomeReadyAsync(reader, cancellation));
    }

    private async Task BecomeReadyAsync(Reader reader, CancellationToken cancellation)
    {
        try
        {
            await reader.Process.WaitUntilReadyAsync(http, new Uri(reader.Url, ServiceEndpoints.Ready), StartPatience, cancellation);
            reader.State = ReaderState.Ready;
            onChange($"{reader.Name} is ready");
        }
        catch (LocalException e)
        {
            onChange(e.Message);
            await reader.Process.KillAsync();
        }
        catch (OperationCanceledException)
        {
            // The run ends; the pool stops every reader.
        }
    }

    private async Task DrainAsync(Reader reader)
    {
        reader.State = ReaderState.Draining;
        onChange($"{reader.Name} drains");
        await Task.Delay(DrainNotice);
        await reader.Process.StopAsync(StopPatience);
    }

    private void Do(Func<Task> work)
    {
        lock (_lock)
        {
            _work.RemoveAll(task => task.IsCompletedSuccessfully);
            _work.Add(Task.Run(work));
        }
    }

    private async Task BuryAsync()
    {
        foreach (var reader in Readers.Where(reader => reader.Process.HasExited))
        {
            var wasExpected = reader.State == ReaderState.Draining;
            reader.State = ReaderState.Gone;
            lock (_lock)
            {
                _readers.Remove(reader);
            }

            await reader.Process.DisposeAsync();
            onChange(wasExpected ? $"{reader.Name} is gone" : $"{reader.Name} died");
        }
    }
}
