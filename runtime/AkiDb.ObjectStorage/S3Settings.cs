using System.Text.RegularExpressions;
using Amazon.Runtime;

namespace AkiDb.ObjectStorage;

/// <summary>Which bucket, and who reads it.</summary>
public sealed partial record S3Settings
{
    /// <summary>Name of the bucket.</summary>
    public required string Bucket { get; init; }

    /// <summary>Key segments put before every key, without slashes at the ends; "" for none.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>AWS region, e.g. <c>us-east-1</c>.</summary>
    public required string Region { get; init; }

    /// <summary>Server that is not AWS's, e.g. <c>http://127.0.0.1:9000</c>, asked with the bucket in the path. Default: null, AWS's.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Who asks; refreshed by the SDK where they can be.</summary>
    public required AWSCredentials Credentials { get; init; }

    /// <summary>Attempts in all where a server fails or asks for less. Default: 4.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>Wait before the first repetition; doubles each time. Default: 200 ms.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <exception cref="ArgumentException">A setting cannot be.</exception>
    internal static void Check(S3Settings settings)
    {
        if (!BucketName().IsMatch(settings.Bucket))
        {
            throw new ArgumentException($"'{settings.Bucket}' is no bucket name: 3 to 63 lower-case letters, digits, '-' and '.'.", nameof(settings));
        }

        if (settings.Prefix.Length > 0)
        {
            ObjectKey.Check(settings.Prefix);
        }
    }

    // docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")]
    private static partial Regex BucketName();
}
