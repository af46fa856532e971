using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;
using Amazon.Util;

namespace AkiDb.Infra.Costs.Aws;

/// <summary>Signs a POST to the root of an AWS endpoint (Signature Version 4, "Create a signed AWS API request"). The key is derived
/// by AWSSDK.Core; its own signer wants a generated service client around it, which the feed does not carry for these services.</summary>
internal static class SignatureV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Adds date, token and authorization to a request, whose other headers of the signature must be set already.</summary>
    public static void Sign(HttpRequestMessage request, byte[] body, string contentType, string region, string service, ImmutableCredentials credentials, DateTimeOffset now)
    {
        var stamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var day = stamp[..8];
        request.Headers.TryAddWithoutValidation("x-amz-date", stamp);
        if (credentials.UseToken)
            request.Headers.TryAddWithoutValidation("x-amz-security-token", credentials.Token);

        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = request.RequestUri!.Authority };
        if (contentType.Length > 0)
            headers["content-type"] = contentType;
        foreach (var header in request.Headers.Where(header => header.Key.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)))
            headers[header.Key.ToLowerInvariant()] = string.Join(",", header.Value).Trim();
        var names = string.Join(';', headers.Keys);
        var canonical = $"POST\n/\n\n{string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n"))}\n{names}\n{Hex(SHA256.HashData(body))}";

        var scope = $"{day}/{region}/{service}/aws4_request";
        var key = AWS4Signer.ComposeSigningKey(credentials.SecretKey, region, day, service);
        var signature = Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{Algorithm}\n{stamp}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}")));
        request.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={credentials.AccessKey}/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    private static string Hex(byte[] bytes) => AWSSDKUtils.ToHex(bytes, lowercase: true);
}
