using System.Buffers;
using System.Buffers.Text;

namespace AkiDb.Router.Load;

/// <summary>Reads RESP2 replies from bytes that arrive in pieces (redis.io/docs/reference/protocol-spec).</summary>
internal static class RespParser
{
    private const int MaxDepth = 16;
    private const int MaxBulkBytes = 64 * 1024 * 1024;
    private const int MaxItems = 1 << 20;

    /// <summary>Takes one whole reply off the front of <paramref name="buffer"/>; false, and nothing taken, when it is not all there yet.</summary>
    /// <exception cref="InvalidDataException">The bytes are not RESP2.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, out RespReply? reply)
    {
        var reader = new SequenceReader<byte>(buffer);
        if (!TryReadReply(ref reader, 0, out reply))
        {
            return false;
        }

        buffer = buffer.Slice(reader.Position);
        return true;
    }

    private static bool TryReadReply(ref SequenceReader<byte> reader, int depth, out RespReply? reply)
    {
        reply = null;
        if (depth > MaxDepth)
        {
            throw new InvalidDataException($"A Redis reply is nested deeper than {MaxDepth}.");
        }

        if (!reader.TryReadTo(out ReadOnlySequence<byte> line, "\r\n"u8) || line.IsEmpty)
        {
            return false;
        }

        var kind = line.FirstSpan[0];
        var rest = line.Slice(1);
        switch (kind)
        {
            case (byte)'+':
                reply = RespReply.OfText(rest.ToArray());
                return true;
            case (byte)'-':
                reply = RespReply.OfError(rest.ToArray());
                return true;
            case (byte)':':
                reply = RespReply.OfInteger(Number(rest));
                return true;
            case (byte)'$':
                return TryReadBulk(ref reader, Number(rest), out reply);
            case (byte)'*':
                return TryReadItems(ref reader, Number(rest), depth, out reply);
            default:
                throw new InvalidDataException($"A Redis reply cannot begin with byte 0x{kind:x2}.");
        }
    }

    private static bool TryReadBulk(ref SequenceReader<byte> reader, long length, out RespReply? reply)
    {
        reply = RespReply.Null;
        if (length < 0)
        {
            return true;
        }

        if (length > MaxBulkBytes)
        {
            throw new InvalidDataException($"A Redis string of {length} bytes is longer than {MaxBulkBytes}.");
        }

        if (!reader.TryReadExact((int)length + 2, out var text))
        {
            return false;
        }

        reply = RespReply.OfText(text.Slice(0, length).ToArray());
        return true;
    }

    private static bool TryReadItems(ref SequenceReader<byte> reader, long count, int depth, out RespReply? reply)
    {
        reply = RespReply.Null;
        if (count < 0)
        {
            return true;
        }

        if (count > MaxItems)
        {
            throw new InvalidDataException($"A Redis array of {count} items is longer than {MaxItems}.");
        }

        var items = new List<RespReply>((int)Math.Min(count, 1_024));
        for (var i = 0; i < count; i++)
        {
            if (!TryReadReply(ref reader, depth + 1, out var item))
            {
                return false;
            }

            items.Add(item!);
        }

        reply = RespReply.OfItems([.. items]);
        return true;
    }

    private static long Number(ReadOnlySequence<byte> digits)
    {
        var span = digits.IsSingleSegment ? digits.FirstSpan : digits.ToArray();
        return Utf8Parser.TryParse(span, out long number, out var used) && used == span.Length
            ? number
            : throw new InvalidDataException("A Redis reply has a length that is no number.");
    }
}
