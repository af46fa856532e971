using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace AkiDb.SearchEngine.Api;

/// <summary>Reads and writes JSON bodies.</summary>
internal static class JsonBody
{
    /// <summary>Reads a request's body.</summary>
    /// <exception cref="ProblemException">It is not JSON of this shape.</exception>
    public static async ValueTask<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> shape)
        where T : class
    {
        var request = context.Request;
        if (!request.HasJsonContentType())
        {
            throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "Unsupported media type",
                $"Content-Type is '{request.ContentType}'; wanted application/json.");
        }

        // Whole in memory already: one pass over one span is the fastest way to parse it.
        var reader = request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(context.RequestAborted);
            if (result.IsCompleted)
            {
                try
                {
                    return Parse(result.Buffer, shape);
                }
                finally
                {
                    reader.AdvanceTo(result.Buffer.End);
                }
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>Parses one JSON text.</summary>
    /// <exception cref="ProblemException">It is not JSON of this shape.</exception>
    public static T Parse<T>(in ReadOnlySequence<byte> bytes, JsonTypeInfo<T> shape, string where = "The body")
        where T : class
    {
        if (bytes.IsSingleSegment)
        {
            return Parse(bytes.FirstSpan, shape, where);
        }

        var length = (int)bytes.Length;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            bytes.CopyTo(copy);
            return Parse(copy.AsSpan(0, length), shape, where);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    /// <summary>Writes an answer.</summary>
    public static async Task WriteAsync<T>(HttpContext context, T answer, JsonTypeInfo<T> shape, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(context.Response.BodyWriter, answer, shape, context.RequestAborted);
    }

    private static T Parse<T>(ReadOnlySpan<byte> bytes, JsonTypeInfo<T> shape, string where)
        where T : class
    {
        // Strings that nobody reads are not checked by the parser, and would go into the store as they are.
        if (!Utf8.IsValid(bytes))
        {
            throw ProblemException.Invalid($"{where} is not valid UTF-8.");
        }

        try
        {
            return JsonSerializer.Deserialize(bytes, shape) ?? throw ProblemException.Invalid($"{where} is null; wanted an object.");
        }
        catch (JsonException e)
        {
            throw ProblemException.Invalid($"{where} cannot be read: {Plain(e)}");
        }
        catch (InvalidOperationException)
        {
            throw ProblemException.Invalid($"{where} has an escaped half of a surrogate pair.");
        }
    }

    // The message names our types; the path and the position say enough.
    private static string Plain(JsonException e)
    {
        var where = $"at line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}{(string.IsNullOrEmpty(e.Path) || e.Path == "$" ? "" : $", field {e.Path}")}";
        var message = e.Message;
        return message.Contains("could not be mapped", StringComparison.Ordinal) ? $"unknown field {where}."
            : message.Contains("missing required", StringComparison.Ordinal) ? $"a required field is missing: {message[(message.LastIndexOf(':') + 1)..].Trim()}"
            : message.Contains("could not be converted", StringComparison.Ordinal) ? $"a value of the wrong type {where}."
            : message.Contains("Duplicate", StringComparison.Ordinal) ? $"a field stands there twice {where}."
            : message.Contains("maximum configured depth", StringComparison.Ordinal) ? $"it is nested more than 32 levels deep, {where}."
            : message.Contains("doesn't allow setting null", StringComparison.Ordinal) || message.Contains("null value", StringComparison.Ordinal) ? $"null where a value is needed {where}."
            : $"it is not valid JSON {where}.";
    }
}
