using System.Collections.Immutable;

namespace Pulumi;

/// <summary>
/// Everything that a run waits for. A task that starts another one is itself still pending then, so nothing pending means that
/// the run is over.
/// </summary>
internal sealed class PendingWork
{
    private readonly Lock _lock = new();
    private readonly List<Exception> _errors = [];
    private readonly TaskCompletionSource _idleOrFailed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _pending;
    private bool _isAwaited;

    public void Watch(Task task)
    {
        if (task.IsCompletedSuccessfully)
        {
            return;
        }

        lock (_lock)
        {
            _pending++;
        }

        task.ContinueWith(
            static (ended, self) => ((PendingWork)self!).End(ended), this,
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>The errors so far when the first one happened, or none when nothing is pending any more.</summary>
    public async Task<ImmutableArray<Exception>> WhenIdleOrFailedAsync()
    {
        lock (_lock)
        {
            _isAwaited = true;
            SignalIfOver();
        }

        await _idleOrFailed.Task.ConfigureAwait(false);
        lock (_lock)
        {
            // One failure reaches everything that depends on it, as it is or as the cause of another; it is still one error.
            var causes = _errors.SelectMany(CausesOf).ToHashSet();
            return [.. _errors.Distinct().Where(error => !causes.Contains(error))];
        }
    }

    private static IEnumerable<Exception> CausesOf(Exception error)
    {
        for (var cause = error.InnerException; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private void End(Task task)
    {
        lock (_lock)
        {
            _pending--;
            if (task.Exception is { } failure)
            {
                _errors.AddRange(failure.InnerExceptions);
            }

            SignalIfOver();
        }
    }

    private void SignalIfOver()
    {
        if (_isAwaited && (_errors.Count > 0 || _pending == 0))
        {
            _idleOrFailed.TrySetResult();
        }
    }
}
