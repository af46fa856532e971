using System.Diagnostics;
using AkiDb.Contracts;
using AkiDb.Local.Processes;

namespace AkiDb.Local.Cluster;

/// <summary>
/// The readers: keeps as many processes as are wanted, 70 % of them on spot, and replaces those that end. It does for processes what the
/// cluster does for pods.
/// </summary>
/// <param name="start">Starts the process of a reader of a name that serves a URL.</param>
/// <param name="http">For health.</param>
/// <param name="onChange">Told, in words, when readers come, go or change state; from any thread.</param>
internal sealed class ReaderPool(Func<string, Uri, ChildProcess> start, HttpClient http, Action<string> onChange) : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    // What fails at its start would fail again at once.
    private static readonly TimeSpan PauseAfterFailedStart = TimeSpan.FromSeconds(2);

    // Long enough for the router to read its new configuration before the reader stops listening.
    private static readonly TimeSpan DrainNotice = TimeSpan.FromSeconds(1);

    // 70 % on spot (row C3).
    private const double OnDemandShare = 0.3;

    private readonly Lock _lock = new();
    private readonly List<Reader> _readers = [];
    private readonly List<Task> _lives = [];
    private readonly CancellationTokenSource _stopping = new();
    private int _wanted;
    private int _made;
    private string? _trouble;

    /// <summary>How many readers there should be.</summary>
    public int Wanted => Volatile.Read(ref _wanted);

    /// <summary>How many answer.</summary>
    public int ReadyCount => Readers.Count(reader => reader.State == ReaderState.Ready);

    /// <summary>Ends when the pool is disposed of; faulted when it cannot go on.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>All that have a process.</summary>
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
    /// <exception cref="LocalException">They do not within a minute.</exception>
    public async Task StartAsync(int wanted, CancellationToken cancellation)
    {
        SetWanted(wanted);
        Running = Task.Run(() => KeepAsync(_stopping.Token), CancellationToken.None);
        var began = Stopwatch.GetTimestamp();
        while (ReadyCount < wanted)
        {
            if (Running.IsCompleted)
            {
                await Running;
            }

            if (Stopwatch.GetElapsedTime(began) > StartPatience)
            {
                throw new LocalException($"{ReadyCount} of {wanted} readers were ready within {StartPatience.TotalSeconds:0} s. {_trouble}");
            }

            await Task.Delay(LookEvery, cancellation);
        }
    }

    /// <summary>Says how many there should be; the pool gets there by itself.</summary>
    public void SetWanted(int wanted) => Volatile.Write(ref _wanted, wanted);

    /// <summary>Ends a reader without notice; the pool replaces it.</summary>
    /// <returns>Its name; null if none answers.</returns>
    public string? Kill()
    {
        var victim = Readers.FirstOrDefault(reader => reader.State == ReaderState.Ready);
        victim?.Process.Kill();
        return victim?.Name;
    }

    /// <summary>What AWS does to a spot node: a notice, Karpenter's drain, the end two minutes later, here ten seconds.</summary>
    /// <returns>Its name; null if no spot reader answers.</returns>
    public string? InterruptSpot()
    {
        var victim = Readers.FirstOrDefault(reader => reader is { State: ReaderState.Ready, IsSpot: true });
        victim?.Drain();
        return victim?.Name;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task[] lives;
        lock (_lock)
        {
            lives = [.. _lives];
        }

        foreach (var reader in Readers)
        {
            reader.Drain();
        }

        await Task.WhenAll(lives).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task KeepAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var staying = Readers.Where(reader => reader.State != ReaderState.Draining).ToList();
            for (var missing = Wanted - staying.Count; missing > 0; missing--)
            {
                Add();
            }

            foreach (var surplus in Surplus(staying))
            {
                surplus.Drain();
            }

            await Task.Delay(LookEvery, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // As a ReplicaSet does: those that are not ready go first, then the newest. One on demand stays: spot may vanish all at once.
    private IEnumerable<Reader> Surplus(List<Reader> staying)
    {
        var kept = staying.Find(reader => reader is { IsSpot: false, State: ReaderState.Ready });
        return Enumerable.Reverse(staying).Where(reader => reader != kept).OrderBy(reader => reader.State == ReaderState.Ready).Take(staying.Count - Wanted);
    }

    private void Add()
    {
        var number = ++_made;
        var (url, name) = (LoopbackPort.FreeUrl(), $"{ServiceNames.SearchEngine}-{number}");
        Reader reader;
        lock (_lock)
        {
            var staying = _readers.Where(other => other.State != ReaderState.Draining).ToList();
            var onDemand = Math.Max(1, Math.Round(OnDemandShare * (staying.Count + 1)));
            reader = new Reader(name, url, isSpot: staying.Count(other => !other.IsSpot) >= onDemand, start(name, url));
            _readers.Add(reader);
            _lives.RemoveAll(life => life.IsCompletedSuccessfully);
            _lives.Add(Task.Run(() => LiveAsync(reader)));
        }

        onChange($"{name} starts on {(reader.IsSpot ? "spot" : "on-demand")} capacity");
    }

    private async Task LiveAsync(Reader reader)
    {
        var end = "is gone";
        try
        {
            await reader.Process.WaitUntilReadyAsync(http, new Uri(reader.Url, ServiceEndpoints.Ready), StartPatience, reader.IsToGo);
            reader.State = ReaderState.Ready;
            onChange($"{reader.Name} is ready");
            await reader.Process.Ended.WaitAsync(reader.IsToGo);
            end = "died";
        }
        catch (OperationCanceledException)
        {
            await LeaveAsync(reader);
        }
        catch (LocalException e)
        {
            (end, _trouble) = ("did not start", e.Message);
            onChange(e.Message);
            await Task.Delay(PauseAfterFailedStart, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        lock (_lock)
        {
            _readers.Remove(reader);
        }

        await reader.DisposeAsync();
        onChange($"{reader.Name} {end}");
    }

    private async Task LeaveAsync(Reader reader)
    {
        // It may have become ready in the same moment.
        reader.State = ReaderState.Draining;
        if (!_stopping.IsCancellationRequested)
        {
            onChange($"{reader.Name} drains");
            await Task.Delay(DrainNotice, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await reader.Process.StopAsync(StopPatience);
    }
}
