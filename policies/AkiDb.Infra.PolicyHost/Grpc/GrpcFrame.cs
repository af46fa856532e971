using System.Buffers.Binary;

namespace AkiDb.Infra.PolicyHost.Grpc;

/// <summary>One message on the wire: a flag for compression, the length in four bytes (big-endian), the message.</summary>
internal static class GrpcFrame
{
    /// <summary>Bytes before the message.</summary>
    public const int HeaderLength = 5;

    /// <summary>Reads the only message of a unary request.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="longest">Largest message taken, in bytes; a longer one is refused by its announced length, before it is read.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="GrpcException">No message, more than one, a broken one, a compressed one, or one too long.</exception>
    public static async Task<byte[]> ReadAsync(Stream body, int longest, CancellationToken cancel)
    {
        var header = new byte[HeaderLength];
        if (await body.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancel) < HeaderLength)
            throw new GrpcException(GrpcStatus.Internal, "the request ends before its first message does");
        if (header[0] != 0)
            throw new GrpcException(GrpcStatus.Unimplemented, "the message is compressed; send it as it is (identity)");
        var length = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(1));
        if (length > longest)
            throw new GrpcException(GrpcStatus.ResourceExhausted, $"the message has {length} bytes; this host takes up to {longest}");

        var message = new byte[length];
        if (await body.ReadAtLeastAsync(message, message.Length, throwOnEndOfStream: false, cancel) < message.Length)
            throw new GrpcException(GrpcStatus.Internal, $"the request ends before the {length} bytes that its message announces");
        if (await body.ReadAsync(header.AsMemory(0, 1), cancel) > 0)
            throw new GrpcException(GrpcStatus.Internal, "a unary call has one message; there is more after it");
        return message;
    }

    /// <summary>A message with its header.</summary>
    public static byte[] Write(int length, Action<Span<byte>> write)
    {
        var frame = new byte[HeaderLength + length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)length);
        write(frame.AsSpan(HeaderLength));
        return frame;
    }
}
