using System.Globalization;
using AkiDb.Contracts;
using AkiDb.SearchEngine.Api;
using AkiDb.SearchEngine.Collections;
using AkiDb.SearchEngine.Store;

namespace AkiDb.SearchEngine.Hosting;

/// <summary>What a process has to answer with at the moment: the open store, and how old it is.</summary>
internal sealed class EngineState(EngineSettings settings, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>Largest age that a request may ask for, milliseconds: a day.</summary>
    public const int MaximumAskedStaleness = 86_400_000;

    private volatile SearchStore? _store;
    private volatile string? _notReadyBecause = "starting";
    private long _asOfTicks;
    private volatile bool _isStopping;

    /// <summary>The store; null while there is none yet.</summary>
    public SearchStore? Store => _store;

    /// <summary>The process is leaving: it still answers, and should get nothing new.</summary>
    public bool IsStopping => _isStopping || lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>What is in the way of answering; null when nothing is.</summary>
    public string? NotReadyBecause => IsStopping ? "stopping"
        : _notReadyBecause ?? (IsTooOld ? $"the data is more than {settings.MaximumStaleness.TotalSeconds:0} s old" : null);

    /// <summary>Upper bound on the age of the data; null on a writer, whose data is the present.</summary>
    public TimeSpan? Staleness => settings.Role == EngineRole.Reader && _store is not null
        ? TimeSpan.FromTicks(Math.Max(0, time.GetUtcNow().UtcTicks - Volatile.Read(ref _asOfTicks)))
        : null;

    private bool IsTooOld => settings.MaximumStaleness > TimeSpan.Zero && Staleness > settings.MaximumStaleness;

    /// <summary>Serve from this store from now on; returns the one before.</summary>
    public SearchStore? Use(SearchStore? store)
    {
        var before = _store;
        _store = store;
        return before;
    }

    /// <summary>The store has everything that the writer had at this time, by the writer's clock.</summary>
    public void SetAsOf(DateTimeOffset time) => Volatile.Write(ref _asOfTicks, time.UtcTicks);

    /// <summary>The host stops, before it says so itself.</summary>
    public void SetStopping() => _isStopping = true;

    /// <summary>Ready, or, with a reason, not.</summary>
    public void SetReady(string? notReadyBecause) => _notReadyBecause = notReadyBecause;

    /// <summary>The store to answer from, if it is there and not too old.</summary>
    /// <exception cref="ProblemException">503, or 404 where this process has no store at all.</exception>
    public SearchStore Require(HttpContext context)
    {
        if (settings.Role == EngineRole.Embed)
        {
            throw ProblemException.Missing("This process only embeds; it has no collections.");
        }

        var store = _store ?? throw ProblemException.Unavailable($"The store is not open yet: {_notReadyBecause}.");
        CheckAge(context);
        SetSequence(context, store.Sequence);
        return store;
    }

    /// <summary>The answer knows of the changes up to this number; a write's of its own.</summary>
    public static void SetSequence(HttpContext context, long sequence) =>
        context.Response.Headers[SearchHeaders.Sequence] = sequence.ToString(CultureInfo.InvariantCulture);

    /// <summary>The collection of that name.</summary>
    /// <exception cref="ProblemException">404, or 503 where there is no store yet.</exception>
    public (SearchStore Store, LiveCollection Collection) Require(HttpContext context, string name)
    {
        var store = Require(context);
        return (store, store.Catalog.Find(name)
            ?? throw ProblemException.Missing(CollectionSettings.IsName(name) ? $"There is no collection '{name}'." : "There is no collection of that name."));
    }

    private void CheckAge(HttpContext context)
    {
        if (Staleness is not { } staleness)
        {
            return;
        }

        context.Response.Headers[SearchHeaders.Staleness] = Math.Ceiling(staleness.TotalMilliseconds).ToString("0", CultureInfo.InvariantCulture);
        var most = settings.MaximumStaleness > TimeSpan.Zero ? settings.MaximumStaleness : TimeSpan.MaxValue;
        var asked = context.Request.Headers[SearchHeaders.MaximumStaleness].ToString();
        if (asked.Length > 0)
        {
            if (!long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) || ms > MaximumAskedStaleness)
            {
                throw ProblemException.Invalid($"{SearchHeaders.MaximumStaleness} is '{asked}'; wanted whole milliseconds, 0 to {MaximumAskedStaleness}.");
            }

            most = TimeSpan.FromMilliseconds(Math.Min(ms, most.TotalMilliseconds));
        }

        if (staleness > most)
        {
            throw ProblemException.Unavailable($"The data here is {staleness.TotalMilliseconds:0} ms old, more than the {most.TotalMilliseconds:0} ms allowed.");
        }
    }
}
