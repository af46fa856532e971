using System.Net.Sockets;
using System.Security.Authentication;

namespace AkiDb.Router.Load;

/// <summary>
/// A small Redis client: pipelined, limited in time, reconnecting. After a failure it waits before it connects again, longer
/// each time up to five seconds; commands in the meantime fail at once rather than queue.
/// </summary>
public sealed class RespClient(RespEndpoint endpoint, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _connecting = new(1);
    private RespConnection? _connection;
    private TimeSpan _pause = FirstPause;
    private long _notBefore;

    /// <summary>Sends one command.</summary>
    /// <param name="command">Name and arguments.</param>
    /// <param name="timeout">Limit for everything: connecting, logging in, the reply.</param>
    /// <param name="cancellationToken">Gives up sooner; closes the connection if the reply was outstanding.</param>
    /// <exception cref="RespErrorException">The server answered with an error; the connection stays.</exception>
    /// <exception cref="IOException">No connection, or it failed.</exception>
    /// <exception cref="TimeoutException">No reply in time; the connection was closed.</exception>
    public async Task<RespReply> SendAsync(IReadOnlyList<string> command, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var connection = await ConnectAsync(either.Token);
            return await connection.SendAsync(command, either.Token);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Redis at {endpoint} did not answer within {timeout.TotalMilliseconds:0} ms.", e);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or AuthenticationException)
        {
            throw new IOException($"Redis at {endpoint} cannot be reached: {e.Message}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        _connecting.Dispose();
    }

    private async Task<RespConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_connection is { IsOpen: true } open)
        {
            return open;
        }

        await _connecting.WaitAsync(cancellationToken);
        try
        {
            return _connection is { IsOpen: true } opened ? opened : await ReconnectAsync(cancellationToken);
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task<RespConnection> ReconnectAsync(CancellationToken cancellationToken)
    {
        if (time.GetTimestamp() < _notBefore)
        {
            throw new IOException($"Redis at {endpoint} failed a moment ago; the next connection is tried shortly.");
        }

        if (_connection is not null)
        {
            await _connection.DisposeAsync();
            _connection = null;
        }

        // Set before the attempt, so that one that is cancelled counts too.
        _notBefore = time.GetTimestamp() + (long)(_pause.TotalSeconds * time.TimestampFrequency);
        _pause = TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks));
        var connection = await RespConnection.OpenAsync(endpoint, cancellationToken);
        try
        {
            foreach (var command in endpoint.Greeting())
            {
                await connection.SendAsync(command, cancellationToken);
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        _connection = connection;
        _pause = FirstPause;
        return connection;
    }
}
