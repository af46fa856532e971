using System.Net;

namespace AkiDb.Kubernetes;

/// <summary>The Kubernetes API refused a call. The message names the call and what the API said.</summary>
public sealed class KubernetesException : HttpRequestException
{
    /// <summary>Describes an answer.</summary>
    /// <param name="message">Call and answer.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="retryAfter">How long the API asks to be left alone; null if it does not.</param>
    public KubernetesException(string message, HttpStatusCode status, TimeSpan? retryAfter)
        : base(message, null, status) => RetryAfter = retryAfter;

    /// <summary>How long the API asks to be left alone; null if it does not.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The object has changed since it was read, or exists already: read it and decide again.</summary>
    public bool IsConflict => StatusCode == HttpStatusCode.Conflict;

    /// <summary>There is no such object.</summary>
    public bool IsNotFound => StatusCode == HttpStatusCode.NotFound;
}
