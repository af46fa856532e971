using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace AkiDb.Router.Load;

/// <summary>
/// One connection to Redis, pipelined: commands are written as they come, replies are matched in order. After any failure it is
/// of no more use; the client makes another.
/// </summary>
internal sealed class RespConnection : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentQueue<TaskCompletionSource<RespReply>> _waiting = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _reading;

    private RespConnection(Socket socket, Stream stream)
    {
        (_socket, _stream) = (socket, stream);
        _reading = Task.Run(ReadLoopAsync);
    }

    /// <summary>False once it has failed.</summary>
    public bool IsOpen => !_closed.IsCancellationRequested;

    /// <summary>Connects; TLS where the endpoint says so.</summary>
    public static async Task<RespConnection> OpenAsync(RespEndpoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (endpoint.UsesTls)
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = endpoint.Host }, cancellationToken);
                stream = tls;
            }

            return new RespConnection(socket, stream);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a command and waits for its reply; a wait that is cancelled closes the connection, since its replies are out of step with anyone's patience.</summary>
    /// <exception cref="IOException">The connection failed.</exception>
    public async Task<RespReply> SendAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var reply = new TaskCompletionSource<RespReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _writing.WaitAsync(cancellationToken);
            try
            {
                ObjectDisposedException.ThrowIf(!IsOpen, this);
                _waiting.Enqueue(reply);
                await _stream.WriteAsync(Encode(command), cancellationToken);
            }
            finally
            {
                _writing.Release();
            }

            // The reader may have ended between the check and the queueing; then nobody else would complete the reply.
            if (!IsOpen)
            {
                FailWaiting(new IOException("The connection to Redis is closed."));
            }

            return await reply.Task.WaitAsync(cancellationToken);
        }
        catch (Exception e) when (e is not RespErrorException)
        {
            Close(e);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Close(new IOException("The connection to Redis was closed."));
        await _reading;
        await _stream.DisposeAsync();
        _socket.Dispose();
        _writing.Dispose();
    }

    private static byte[] Encode(IReadOnlyList<string> command)
    {
        var output = new ArrayBufferWriter<byte>();
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"*{command.Count}\r\n"), output);
        foreach (var part in command)
        {
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(part)}\r\n"), output);
            Encoding.UTF8.GetBytes(part, output);
            output.Write("\r\n"u8);
        }

        return output.WrittenSpan.ToArray();
    }

    private async Task ReadLoopAsync()
    {
        var pipe = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync(_closed.Token);
                var buffer = read.Buffer;
                while (RespParser.TryRead(ref buffer, out var reply))
                {
                    Answer(reply!);
                }

                pipe.AdvanceTo(buffer.Start, buffer.End);
                if (read.IsCompleted)
                {
                    throw new IOException("Redis closed the connection.");
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidDataException or OperationCanceledException or ObjectDisposedException)
        {
            Close(e);
        }
    }

    private void Answer(RespReply reply)
    {
        if (!_waiting.TryDequeue(out var next))
        {
            throw new InvalidDataException("Redis sent a reply that nobody asked for.");
        }

        if (reply.IsError)
        {
            next.TrySetException(new RespErrorException(reply.Text!));
        }
        else
        {
            next.TrySetResult(reply);
        }
    }

    private void Close(Exception reason)
    {
        _closed.Cancel();
        _socket.Dispose();
        FailWaiting(new IOException($"The connection to Redis failed: {reason.Message}", reason));
    }

    private void FailWaiting(Exception reason)
    {
        while (_waiting.TryDequeue(out var next))
        {
            next.TrySetException(reason);
        }
    }
}
