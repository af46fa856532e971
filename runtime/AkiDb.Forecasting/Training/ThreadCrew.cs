namespace AkiDb.Forecasting.Training;

/// <summary>
/// The calling thread and a dedicated one that do the two halves of a batch and wait for one another at a barrier: a batch lasts
/// a millisecond or two, and handing halves to the thread pool would cost a good part of that.
/// </summary>
internal sealed class ThreadCrew : IDisposable
{
    /// <summary>Halves of a batch, whatever the number of threads: who does them must not change a result.</summary>
    public const int Halves = 2;

    private readonly Barrier? _barrier;
    private readonly Thread? _helper;
    private Action<int>? _work;
    private Exception? _failure;

    /// <summary>Starts the crew.</summary>
    /// <param name="threads">1 (the caller does both halves) or 2.</param>
    public ThreadCrew(int threads)
    {
        if (threads > 1)
        {
            _barrier = new Barrier(Halves);
            _helper = new Thread(Help) { IsBackground = true, Name = "akidb-training" };
            _helper.Start();
        }
    }

    /// <summary>Does both halves; returns when both are done.</summary>
    public void Run(Action<int> work)
    {
        if (_barrier is null)
        {
            work(0);
            work(1);
            return;
        }

        _work = work;
        _barrier.SignalAndWait();
        try
        {
            work(0);
        }
        finally
        {
            _barrier.SignalAndWait();
        }

        if (_failure is { } failure)
        {
            throw new InvalidOperationException("A training thread failed.", failure);
        }
    }

    public void Dispose()
    {
        if (_barrier is not null)
        {
            _work = null;
            _barrier.SignalAndWait();
            _helper!.Join();
            _barrier.Dispose();
        }
    }

    private void Help()
    {
        while (true)
        {
            _barrier!.SignalAndWait();
            if (_work is not { } work)
            {
                return;
            }

            try
            {
                work(1);
            }
#pragma warning disable CA1031 // Whatever it is, the calling thread throws it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _failure = e;
            }

            _barrier.SignalAndWait();
        }
    }
}
