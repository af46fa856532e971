namespace AkiDb.SearchEngine.Api;

/// <summary>A request that is answered with problem details (RFC 9457).</summary>
/// <param name="status">Status code.</param>
/// <param name="title">What kind of problem: the same words every time.</param>
/// <param name="detail">What about this request, with the value found and what would be right. Shown to callers.</param>
internal sealed class ProblemException(int status, string title, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public string Title { get; } = title;

    public string Detail { get; } = detail;

    /// <summary>Value of Retry-After.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>The request cannot be understood or asks for what is out of range.</summary>
    public static ProblemException Invalid(string detail) => new(StatusCodes.Status400BadRequest, "Invalid request", detail);

    /// <summary>There is no such thing.</summary>
    public static ProblemException Missing(string detail) => new(StatusCodes.Status404NotFound, "Not found", detail);

    /// <summary>The request does not fit what is there.</summary>
    public static ProblemException Conflict(string detail) => new(StatusCodes.Status409Conflict, "Conflict", detail);

    /// <summary>Not now.</summary>
    public static ProblemException Unavailable(string detail) =>
        new(StatusCodes.Status503ServiceUnavailable, "Not available", detail) { RetryAfterSeconds = 1 };
}
