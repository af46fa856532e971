using System.Net;
using System.Net.Sockets;

namespace AkiDb.TestKit;

/// <summary>Ports of the loopback interface that were free a moment ago.</summary>
public static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
