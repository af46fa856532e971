using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace AkiDb.Benchmarks.Router;

/// <summary>
/// Requests at a fixed rate, whatever the answers take; latency counts from when a request was due, so a stall is not hidden by
/// the requests that it held back (coordinated omission).
/// </summary>
internal static class SteadyLoad
{
    private const int Connections = 8;
    private const double TimerSlackMs = 1;
    private static readonly byte[] Request = Encoding.ASCII.GetBytes("GET /api/v1/embed HTTP/1.1\r\nHost: bench\r\n\r\n");

    /// <summary>Latencies in milliseconds, sorted.</summary>
    public static double[] Run(int port, double rps, TimeSpan length)
    {
        var perConnection = new double[Connections][];
        var threads = Enumerable.Range(0, Connections).Select(i => new Thread(() => perConnection[i] = RunConnection(port, rps / Connections, length, i))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return [.. perConnection.SelectMany(list => list).Order()];
    }

    private static double[] RunConnection(int port, double rps, TimeSpan length, int number)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 5_000 };
        socket.Connect("127.0.0.1", port);
        var gap = 1_000 / rps;
        var latencies = new double[(int)(length.TotalSeconds * rps)];
        var buffer = new byte[8_192];
        var clock = Stopwatch.StartNew();
        var phase = gap * number / Connections;
        for (var i = 0; i < latencies.Length; i++)
        {
            var due = phase + (i * gap);
            if (due - clock.Elapsed.TotalMilliseconds is var early and > 0)
            {
                Thread.Sleep(TimeSpan.FromMilliseconds(early));
            }

            // A timer that fires a little late is this generator's fault; a request held back by a slow answer is the server's.
            var now = clock.Elapsed.TotalMilliseconds;
            var sentAt = now - due <= TimerSlackMs ? now : due;
            socket.Send(Request);
            ReadAnswer(socket, buffer);
            latencies[i] = clock.Elapsed.TotalMilliseconds - sentAt;
        }

        return latencies;
    }

    private static void ReadAnswer(Socket socket, byte[] buffer)
    {
        var filled = 0;
        while (true)
        {
            var read = socket.Receive(buffer, filled, buffer.Length - filled, SocketFlags.None);
            if (read == 0)
            {
                throw new IOException("The proxy closed the connection in the middle of the benchmark.");
            }

            filled += read;
            var text = buffer.AsSpan(0, filled);
            var end = text.IndexOf("\r\n\r\n"u8);
            if (end >= 0 && filled >= end + 4 + LengthOf(text[..end]))
            {
                return;
            }
        }
    }

    private static int LengthOf(ReadOnlySpan<byte> headers)
    {
        var text = Encoding.ASCII.GetString(headers);
        var at = text.IndexOf("content-length:", StringComparison.OrdinalIgnoreCase);
        var line = text.AsSpan(at + 15);
        var stop = line.IndexOf('\r');
        return int.Parse(stop < 0 ? line : line[..stop]);
    }
}
