using AkiDb.Router.Model;
using AkiDb.Router.Routing;

namespace AkiDb.Router.Proxy;

/// <summary>
/// Sends a slow repeatable request to a second backend too and takes the first good answer. Off unless a route asks for it:
/// it buys tail latency with money.
/// </summary>
internal sealed class Hedge(RoutingState routing)
{
    public async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, Exchange exchange, UpstreamInvoker invoker, CancellationToken cancellationToken)
    {
        using var cancelFirst = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = invoker.SendPlainAsync(request, cancelFirst.Token);
        var patience = TimeSpan.FromMilliseconds(exchange.Route.Config.HedgeAfterMs!.Value);
        if (await IsDoneWithinAsync(first, patience, cancellationToken) || TryChooseSecond(exchange) is not { } second)
        {
            return await first;
        }

        using var cancelSecond = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sentAt = routing.Clock.Now;
        second.Address.Enter();
        var other = second.Decision.Backend!.Upstream!.Invoker.SendPlainAsync(Copy(request, exchange, second.Address), cancelSecond.Token);
        if (await FirstGoodAsync(first, other) == first)
        {
            second.Address.Leave();
            await AbandonAsync(other, cancelSecond);
            return await first;
        }

        // The first one took at least this long; that is what is known of its latency.
        exchange.Decision.Backend!.State.RecordLatency(routing.Clock.Now - exchange.AttemptStartedAt);
        exchange.SwitchTo(second.Decision, second.Address, sentAt);
        await AbandonAsync(first, cancelFirst);
        return await other;
    }

    private (RouteDecision Decision, AddressState Address)? TryChooseSecond(Exchange exchange)
    {
        var now = routing.Clock.Now;
        var decision = routing.Select(exchange.Model, exchange.BudgetMs - (now - exchange.StartedAt), exchange.Decision.Backend, now);
        if (decision.Backend is not { } backend)
        {
            return null;
        }

        var address = routing.Picker.Pick(backend.State, exchange.Address, mayTry: false, exchange.Model.Config.Health, now, out _);
        if (address is not null)
        {
            backend.State.CountRequest(now);
        }

        return address is null ? null : (decision, address);
    }

    private async Task<bool> IsDoneWithinAsync(Task task, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var done = await Task.WhenAny(task, Task.Delay(patience, routing.Clock.Time, stop.Token)) == task;
        await stop.CancelAsync();
        return done;
    }

    private static async Task<Task<HttpResponseMessage>> FirstGoodAsync(Task<HttpResponseMessage> first, Task<HttpResponseMessage> second)
    {
        var winner = await Task.WhenAny(first, second);
        if (IsGood(winner))
        {
            return winner;
        }

        var other = winner == first ? second : first;
        await Task.WhenAny(other);
        return IsGood(other) ? other : first;
    }

    private static bool IsGood(Task<HttpResponseMessage> task) => task.IsCompletedSuccessfully && (int)task.Result.StatusCode < 500;

    private static async Task AbandonAsync(Task<HttpResponseMessage> task, CancellationTokenSource cancellation)
    {
        await cancellation.CancelAsync();
        await task.ContinueWith(
            static done =>
            {
                if (done.IsCompletedSuccessfully)
                {
                    done.Result.Dispose();
                }
                else
                {
                    _ = done.Exception;
                }
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static HttpRequestMessage Copy(HttpRequestMessage request, Exchange exchange, AddressState address)
    {
        var copy = new HttpRequestMessage(request.Method, new Uri(address.Url + request.RequestUri!.PathAndQuery))
        {
            Version = request.Version,
            VersionPolicy = request.VersionPolicy,
            Content = exchange.KeptBody is { } body ? new ReadOnlyMemoryContent(body) : null,
        };
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            copy.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)values);
        }

        foreach (var (name, values) in request.Content?.Headers.NonValidated ?? default)
        {
            copy.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)values);
        }

        return copy;
    }
}
