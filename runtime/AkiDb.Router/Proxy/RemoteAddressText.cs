using System.Net;
using Microsoft.AspNetCore.Connections.Features;

namespace AkiDb.Router.Proxy;

/// <summary>Text of the client's address, made once a connection: a connection carries many requests.</summary>
internal static class RemoteAddressText
{
    private static readonly object Key = new();

    public static string Of(HttpContext context)
    {
        if (context.Features.Get<IConnectionItemsFeature>() is not { } connection)
        {
            return Text(context.Connection.RemoteIpAddress);
        }

        if (connection.Items.TryGetValue(Key, out var known))
        {
            return (string)known!;
        }

        var text = Text(context.Connection.RemoteIpAddress);
        connection.Items[Key] = text;
        return text;
    }

    private static string Text(IPAddress? address) => address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        _ => address.ToString(),
    };
}
