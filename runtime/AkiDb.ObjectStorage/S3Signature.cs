using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;

namespace AkiDb.ObjectStorage;

/// <summary>
/// Signature Version 4 of an S3 request ("Authenticating Requests: Using the Authorization Header", S3 API reference). The key
/// is derived by AWSSDK.Core; its own signer wants the generated S3 client around it, which the feed does not carry.
/// </summary>
internal static class S3Signature
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Service = "s3";

    /// <summary>Adds date, content hash, token and authorization; the other headers and the query must be set already.</summary>
    /// <param name="request">Its path and query must hold no characters but those that RFC 3986 leaves as they are, or escapes.</param>
    /// <param name="contentHash">Lower-case hex SHA-256 of the body.</param>
    /// <param name="region">Region of the bucket.</param>
    /// <param name="credentials">Who asks.</param>
    /// <param name="now">Time of the request; AWS allows 15 minutes of difference.</param>
    public static void Sign(HttpRequestMessage request, string contentHash, string region, ImmutableCredentials credentials, DateTimeOffset now)
    {
        string stamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string day = stamp[..8];
        request.Headers.TryAddWithoutValidation("x-amz-date", stamp);
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", contentHash);
        if (credentials.UseToken)
        {
            request.Headers.TryAddWithoutValidation("x-amz-security-token", credentials.Token);
        }

        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = request.RequestUri!.Authority };
        foreach ((string name, IEnumerable<string> values) in request.Headers)
        {
            headers[name.ToLowerInvariant()] = string.Join(',', values).Trim();
        }

        string names = string.Join(';', headers.Keys);
        string canonical = $"{request.Method}\n{request.RequestUri.AbsolutePath}\n{CanonicalQuery(request.RequestUri)}\n" +
            $"{string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n"))}\n{names}\n{contentHash}";
        string scope = $"{day}/{region}/{Service}/aws4_request";
        string toSign = $"{Algorithm}\n{stamp}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        byte[] key = AWS4Signer.ComposeSigningKey(credentials.SecretKey, region, day, Service);
        string signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        request.Headers.TryAddWithoutValidation("Authorization",
            $"{Algorithm} Credential={credentials.AccessKey}/{scope},SignedHeaders={names},Signature={signature}");
    }

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string CanonicalQuery(Uri uri) => string.Join('&', uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + "=")
        .Order(StringComparer.Ordinal));
}
