using System.Globalization;

namespace AkiDb.Infra.PolicyHost.Grpc;

/// <summary>The <c>grpc-timeout</c> header: up to eight digits and a unit, e.g. <c>500m</c> (gRPC over HTTP/2, "Requests").</summary>
internal static class GrpcDeadline
{
    /// <summary>The time a caller gives; null where it gives none.</summary>
    /// <exception cref="GrpcException">The header is no duration.</exception>
    public static TimeSpan? Read(string? header)
    {
        if (string.IsNullOrEmpty(header))
            return null;
        if (header.Length is < 2 or > 9 || !long.TryParse(header.AsSpan(0, header.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new GrpcException(GrpcStatus.InvalidArgument, $"grpc-timeout is '{header}'; want up to eight digits and a unit such as 500m");
        return header[^1] switch
        {
            'H' => TimeSpan.FromHours(number),
            'M' => TimeSpan.FromMinutes(number),
            'S' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMilliseconds(number),
            'u' => TimeSpan.FromMicroseconds(number),
            'n' => TimeSpan.FromMicroseconds(number / 1000.0),
            _ => throw new GrpcException(GrpcStatus.InvalidArgument, $"grpc-timeout is '{header}'; the unit is one of H, M, S, m, u, n"),
        };
    }
}
