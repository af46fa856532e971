namespace AkiDb.Router.Hosting;

/// <summary>
/// Keeps a stopping router serving for a while: it already says that it is not ready, and those that send it requests need a
/// moment to hear that. Hosted services are told to stop in this phase before the server is.
/// </summary>
internal sealed class DrainBeforeStop(TimeSpan delay, TimeProvider time) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.Delay(delay, time, cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
