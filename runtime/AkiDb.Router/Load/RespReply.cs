using System.Globalization;
using System.Text;

namespace AkiDb.Router.Load;

/// <summary>One reply of a Redis server (RESP2).</summary>
public sealed class RespReply
{
    public static readonly RespReply Null = new();

    private readonly byte[]? _text;

    private RespReply()
    {
    }

    private RespReply(byte[] text) => _text = text;

    /// <summary>Elements of an array; null for other replies.</summary>
    public IReadOnlyList<RespReply>? Items { get; private init; }

    /// <summary>The number of an integer reply; null for other replies.</summary>
    public long? WholeNumber { get; private init; }

    /// <summary>True for an error; <see cref="Text"/> is its message.</summary>
    public bool IsError { get; private init; }

    /// <summary>Text of a string, integer or error; null for the null reply and arrays.</summary>
    public string? Text => _text is null ? WholeNumber?.ToString(CultureInfo.InvariantCulture) : Encoding.UTF8.GetString(_text);

    /// <summary>The number in an integer or in a string that holds one; null otherwise.</summary>
    public double? Number => double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    internal static RespReply OfText(byte[] text) => new(text);

    internal static RespReply OfError(byte[] text) => new(text) { IsError = true };

    internal static RespReply OfInteger(long number) => new() { WholeNumber = number };

    internal static RespReply OfItems(RespReply[] items) => new() { Items = items };
}

/// <summary>The server answered with an error.</summary>
public sealed class RespErrorException(string message) : Exception(message);
