using System.Diagnostics;
using System.Text;

namespace AkiDb.Benchmarks.Search;

/// <summary>What a load at a fixed rate gave.</summary>
/// <param name="Sorted">Latencies of the answers in milliseconds, from when each request was due, in ascending order.</param>
/// <param name="Errors">Requests without an answer of 200.</param>
/// <param name="Seconds">From the first due time to the last answer.</param>
/// <param name="FirstError">What the first of the errors was; null without one.</param>
internal sealed record LoadResult(double[] Sorted, int Errors, double Seconds, string? FirstError)
{
    /// <summary>A quantile in milliseconds.</summary>
    public double Quantile(double share) => Sorted.Length == 0 ? double.NaN : Sorted[(int)((Sorted.Length - 1) * share)];
}

/// <summary>
/// Sends requests when they are due, whatever became of those before: a server that falls behind sees its queue grow, and every
/// millisecond of waiting counts, as it does for people who do not know of each other.
/// </summary>
internal static class OpenLoad
{
    /// <param name="http">Client without a limit of connections.</param>
    /// <param name="url">Where to.</param>
    /// <param name="bodies">JSON bodies, taken in turn.</param>
    /// <param name="rate">Requests a second.</param>
    /// <param name="length">For how long.</param>
    public static async Task<LoadResult> RunAsync(HttpClient http, Uri url, IReadOnlyList<byte[]> bodies, double rate, TimeSpan length)
    {
        var count = (int)(rate * length.TotalSeconds);
        var requests = new Task<double>[count];
        string? firstError = null;
        var clock = Stopwatch.StartNew();
        // A thread of its own: a timer of the pool would be late exactly when answers keep the pool busy.
        var sender = new Thread(() =>
        {
            for (var i = 0; i < count; i++)
            {
                var due = i * 1_000 / rate;
                if (due - clock.Elapsed.TotalMilliseconds is var early and > 0)
                {
                    Thread.Sleep(TimeSpan.FromMilliseconds(early));
                }

                requests[i] = SendAsync(http, url, bodies[i % bodies.Count], due, clock, error => Interlocked.CompareExchange(ref firstError, error, null));
            }
        });
        sender.Start();
        await Task.Run(sender.Join);
        var latencies = await Task.WhenAll(requests);
        return new LoadResult([.. latencies.Where(latency => latency >= 0).Order()], latencies.Count(latency => latency < 0), clock.Elapsed.TotalSeconds, firstError);
    }

    private static async Task<double> SendAsync(HttpClient http, Uri url, byte[] body, double due, Stopwatch clock, Action<string> onError)
    {
        try
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") { CharSet = Encoding.UTF8.WebName } } };
            using var answer = await http.PostAsync(url, content).ConfigureAwait(false);
            await answer.Content.CopyToAsync(Stream.Null).ConfigureAwait(false);
            if (answer.IsSuccessStatusCode)
            {
                // A sleep may end a little early, and the answer come before its request was due: below zero would mean an error.
                return Math.Max(0, clock.Elapsed.TotalMilliseconds - due);
            }

            onError($"status {(int)answer.StatusCode}");
            return -1;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            onError($"{e.Message} {e.InnerException?.Message} after {clock.Elapsed.TotalSeconds:0} s");
            return -1;
        }
    }
}
