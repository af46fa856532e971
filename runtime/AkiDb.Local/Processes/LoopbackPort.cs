using System.Net;
using System.Net.Sockets;

namespace AkiDb.Local.Processes;

/// <summary>Ports of the loopback interface.</summary>
internal static class LoopbackPort
{
    // Below what Linux gives to outgoing connections (net.ipv4.ip_local_port_range, 32768 and up): between choosing a port and
    // listening on it, nobody may be given it.
    private const int First = 20_000;
    private const int Count = 12_000;

    private static int _next = Environment.ProcessId * 64;

    /// <summary>A port that nobody listens on, and that is not given twice.</summary>
    /// <exception cref="LocalException">All are taken.</exception>
    public static int Free()
    {
        for (var tried = 0; tried < Count; tried++)
        {
            var port = First + (Interlocked.Increment(ref _next) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new LocalException($"No port from {First} to {First + Count - 1} is free on this machine.");
    }

    /// <summary>An address on a port that nobody listens on.</summary>
    public static Uri FreeUrl() => new($"http://127.0.0.1:{Free()}");

    /// <summary>True if nobody listens on a port.</summary>
    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
