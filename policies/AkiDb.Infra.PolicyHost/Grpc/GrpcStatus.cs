namespace AkiDb.Infra.PolicyHost.Grpc;

/// <summary>gRPC's status codes that this host answers with (grpc.github.io, "Status codes and their use in gRPC").</summary>
internal enum GrpcStatus
{
    Ok = 0,
    Cancelled = 1,
    InvalidArgument = 3,
    DeadlineExceeded = 4,
    ResourceExhausted = 8,
    Unimplemented = 12,
    Internal = 13,
}

/// <summary>Ends a call with a status other than OK.</summary>
internal sealed class GrpcException(GrpcStatus status, string message) : Exception(message)
{
    /// <summary>The status that the caller gets.</summary>
    public GrpcStatus Status { get; } = status;
}
