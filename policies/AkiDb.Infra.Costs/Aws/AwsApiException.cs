namespace AkiDb.Infra.Costs.Aws;

/// <summary>AWS refused a call, and trying again would not help.</summary>
/// <param name="code">AWS' own error code, e.g. <c>ExpiredTokenException</c>.</param>
/// <param name="message">What AWS says, and what to do where that is known.</param>
public sealed class AwsApiException(string code, string message) : Exception(message)
{
    /// <summary>AWS' own error code.</summary>
    public string Code { get; } = code;
}
