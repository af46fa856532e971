using Amazon.Runtime.Credentials;

namespace AkiDb.ObjectStorage;

/// <summary>Opens the store that a setting names.</summary>
public static class ObjectStores
{
    private const string S3Scheme = "s3://";

    /// <summary>
    /// Opens a folder, or <c>s3://bucket</c> or <c>s3://bucket/prefix</c>. A bucket's region comes from <c>AWS_REGION</c>, its
    /// credentials from where the AWS SDK finds them (environment, Pod Identity, profile), and its server from
    /// <c>AWS_ENDPOINT_URL_S3</c> or <c>AWS_ENDPOINT_URL</c> where it is not AWS's.
    /// </summary>
    /// <exception cref="ArgumentException">The location is neither, or a bucket's region is not known.</exception>
    public static IObjectStore Open(string location, TimeProvider clock)
    {
        ArgumentException.ThrowIfNullOrEmpty(location);
        if (!location.StartsWith(S3Scheme, StringComparison.Ordinal))
        {
            return location.Contains("://", StringComparison.Ordinal)
                ? throw new ArgumentException($"'{location}' is no store: give a folder, or s3://bucket/prefix.", nameof(location))
                : new DirectoryObjectStore(location);
        }

        string[] parts = location[S3Scheme.Length..].Split('/', 2, StringSplitOptions.TrimEntries);
        string? region = Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION");
        if (region is null)
        {
            throw new ArgumentException($"'{location}' is in a region that AWS_REGION must name, e.g. us-east-1.", nameof(location));
        }

        string? server = Variable("AWS_ENDPOINT_URL_S3") ?? Variable("AWS_ENDPOINT_URL");
        return new S3ObjectStore(new S3Settings
        {
            Bucket = parts[0],
            Prefix = parts.Length > 1 ? parts[1].Trim('/') : "",
            Region = region,
            Endpoint = server is null ? null : new Uri(server),
            Credentials = DefaultAWSCredentialsIdentityResolver.GetCredentials(),
        }, clock);
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
