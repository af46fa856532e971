using System.Diagnostics;

namespace AkiDb.Local.Traffic;

/// <summary>
/// Sends the day's requests to the router, open loop: each at its time, whether or not the ones before it were answered, so that
/// waiting counts.
/// </summary>
/// <remarks>
/// Arrivals are spread evenly with a jitter of one gap. A minute of the day is so short here that independent arrivals would be ten
/// times as noisy in it as in the real minute that it stands for.
/// </remarks>
internal sealed class TrafficGenerator(RequestMaker requests, DayShape shape, TimeProvider day, Action<RequestResult> onResult)
{
    // More than this under way means that something stands still; more requests would only hide it.
    private const int MostUnderWay = 512;

    private int _underWay;

    /// <summary>Requests a second that are meant to be sent now.</summary>
    public double Rate => shape.At(day.GetUtcNow());

    /// <summary>Sends until told to stop; then waits for the answers still out.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var random = new Random(7);
        var slot = (double)Stopwatch.GetTimestamp();
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                var gap = Stopwatch.Frequency / Rate;
                var due = (long)(slot + (random.NextDouble() * gap));
                slot += gap;
                var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, cancellation);
                }

                Send(requests.Next(random), due);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop while waiting.
        }

        while (Volatile.Read(ref _underWay) > 0)
        {
            await Task.Delay(20, CancellationToken.None);
        }
    }

    private void Send(PlannedRequest request, long due)
    {
        if (Interlocked.Increment(ref _underWay) > MostUnderWay)
        {
            // Not sent counts as failed.
            Interlocked.Decrement(ref _underWay);
            onResult(new RequestResult(request.Kind, 0, false, Stopwatch.GetTimestamp()));
            return;
        }

        _ = SendAsync(request, due);
    }

    private async Task SendAsync(PlannedRequest request, long due)
    {
        try
        {
            var succeeded = await request.SendAsync();
            onResult(new RequestResult(request.Kind, Stopwatch.GetElapsedTime(due).TotalMilliseconds, succeeded, Stopwatch.GetTimestamp()));
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
