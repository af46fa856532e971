using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Xml.Linq;
using Amazon.Runtime;

namespace AkiDb.ObjectStorage;

/// <summary>Objects of a bucket, over the S3 REST API: signed, repeated where the server fails or asks for less.</summary>
public sealed class S3ObjectStore : IObjectStore
{
    /// <summary>Largest object that one request may write (S3 API reference, PutObject).</summary>
    private const long LargestPut = 5L << 30;

    private readonly S3Settings _settings;
    private readonly TimeProvider _clock;
    private readonly Uri _bucket;

    // An attempt waits this long for the first byte of the answer; the transfer after it is the caller's to limit.
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(5) })
    {
        Timeout = TimeSpan.FromMinutes(10),
    };

    /// <exception cref="ArgumentException">A setting cannot be.</exception>
    public S3ObjectStore(S3Settings settings, TimeProvider clock)
    {
        S3Settings.Check(settings);
        _settings = settings;
        _clock = clock;
        // A bucket with dots has no certificate under AWS's wildcard, and other servers seldom have names for buckets.
        _bucket = settings.Endpoint is { } endpoint ? new Uri(endpoint, $"/{settings.Bucket}/")
            : settings.Bucket.Contains('.', StringComparison.Ordinal) ? new Uri($"https://s3.{settings.Region}.amazonaws.com/{settings.Bucket}/")
            : new Uri($"https://{settings.Bucket}.s3.{settings.Region}.amazonaws.com/");
    }

    public string Location => $"s3://{_settings.Bucket}/{_settings.Prefix}".TrimEnd('/');

    private string KeyPrefix => _settings.Prefix.Length > 0 ? _settings.Prefix + "/" : "";

    public async Task<Stream?> OpenAsync(string key, CancellationToken cancellation)
    {
        HttpResponseMessage response = await SendAsync(HttpMethod.Get, AddressOf(key), key, null, cancellation);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            response.Dispose();
            return null;
        }

        return await response.Content.ReadAsStreamAsync(cancellation);
    }

    public async Task PutAsync(string key, Stream content, CancellationToken cancellation)
    {
        if (content.Length - content.Position > LargestPut)
        {
            throw new ObjectStorageException($"{Location}/{key}: {content.Length - content.Position} bytes are more than S3 takes at once (5 GiB).");
        }

        using HttpResponseMessage response = await SendAsync(HttpMethod.Put, AddressOf(key), key, content, cancellation);
    }

    public async Task<TaggedObject?> ReadAsync(string key, string? unlessTag, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, AddressOf(key), key, null, cancellation, request =>
        {
            if (unlessTag is not null)
            {
                request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(unlessTag));
            }
        });
        return response.StatusCode switch
        {
            HttpStatusCode.NotFound => null,
            HttpStatusCode.NotModified => new TaggedObject(null, unlessTag!),
            _ => new TaggedObject(await BodyOfAsync(response, key, cancellation), TagOf(response, key)),
        };
    }

    public async Task<string> ReplaceAsync(string key, ReadOnlyMemory<byte> content, string? tag, CancellationToken cancellation)
    {
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        using HttpResponseMessage response = await SendAsync(HttpMethod.Put, AddressOf(key), key, stream, cancellation, request =>
        {
            if (tag is null)
            {
                request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
            }
            else
            {
                request.Headers.IfMatch.Add(new EntityTagHeaderValue(tag));
            }
        });
        if (response.IsSuccessStatusCode)
        {
            return TagOf(response, key);
        }

        // An attempt whose answer was lost may have written what a repetition then finds.
        TaggedObject? there = await ReadAsync(key, null, cancellation);
        return there?.Content is { } written && written.Span.SequenceEqual(content.Span)
            ? there.Tag
            : throw new ObjectChangedException($"{Location}/{key} was written by another process.");
    }

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? continuation = null;
        do
        {
            string query = (continuation is null ? "" : $"continuation-token={Uri.EscapeDataString(continuation)}&") +
                $"list-type=2&prefix={Uri.EscapeDataString(KeyPrefix + prefix)}";
            XElement page;
            using (HttpResponseMessage response = await SendAsync(HttpMethod.Get, new Uri(_bucket, "?" + query), prefix, null, cancellation))
            {
                page = XElement.Load(new MemoryStream(await BodyOfAsync(response, prefix, cancellation), writable: false));
            }

            foreach (XElement entry in page.Elements().Where(element => element.Name.LocalName == "Contents"))
            {
                yield return new StoredObject(Child(entry, "Key")[KeyPrefix.Length..], long.Parse(Child(entry, "Size"), CultureInfo.InvariantCulture),
                    DateTimeOffset.Parse(Child(entry, "LastModified"), CultureInfo.InvariantCulture));
            }

            continuation = Child(page, "IsTruncated") == "true" ? Child(page, "NextContinuationToken") : null;
        }
        while (continuation is not null);
    }

    public async Task DeleteAsync(string key, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Delete, AddressOf(key), key, null, cancellation);
    }

    public void Dispose() => _http.Dispose();

    private Uri AddressOf(string key)
    {
        ObjectKey.Check(key);
        return new Uri(_bucket, KeyPrefix + key);
    }

    /// <summary>A successful answer; or 404 for an object that is not there, or the answer to a condition that does not hold.</summary>
    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, Uri address, string key, Stream? content, CancellationToken cancellation, Action<HttpRequestMessage>? addConditions = null)
    {
        long start = content?.Position ?? 0;
        string hash = content is null ? S3Signature.Hash([]) : Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
        for (int attempt = 1; ; attempt++)
        {
            string problem;
            try
            {
                using HttpRequestMessage request = new(method, address);
                if (content is not null)
                {
                    content.Position = start;
                    request.Content = new StreamContent(new Undisposed(content));
                    request.Content.Headers.ContentLength = content.Length - start;
                }

                addConditions?.Invoke(request);
                S3Signature.Sign(request, hash, _settings.Region, await CredentialsAsync(key), _clock.GetUtcNow());
                HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
                (bool done, bool mayRepeat, problem) = await JudgeAsync(response, cancellation);
                if (done)
                {
                    return response;
                }

                response.Dispose();
                if (!mayRepeat)
                {
                    throw new ObjectStorageException($"{Location}/{key}: {problem}");
                }
            }
            catch (HttpRequestException failure) when (attempt < _settings.Attempts)
            {
                problem = failure.Message;
            }
            catch (HttpRequestException failure)
            {
                throw new ObjectStorageException($"{Location}/{key}: {failure.Message}", failure);
            }

            if (attempt >= _settings.Attempts)
            {
                throw new ObjectStorageException($"{Location}/{key}: {problem} ({attempt} attempts)");
            }

            await Task.Delay(_settings.FirstDelay * Math.Pow(2, attempt - 1), _clock, cancellation);
        }
    }

    private async Task<ImmutableCredentials> CredentialsAsync(string key)
    {
        try
        {
            return await _settings.Credentials.GetCredentialsAsync();
        }
        catch (Exception failure) when (failure is AmazonClientException or AmazonServiceException)
        {
            throw new ObjectStorageException($"{Location}/{key}: there are no credentials: {failure.Message}", failure);
        }
    }

    private async Task<byte[]> BodyOfAsync(HttpResponseMessage response, string key, CancellationToken cancellation)
    {
        try
        {
            return await response.Content.ReadAsByteArrayAsync(cancellation);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new ObjectStorageException($"{Location}/{key}: the answer broke off: {failure.Message}", failure);
        }
    }

    private static async Task<(bool Done, bool MayRepeat, string Problem)> JudgeAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
        {
            return (true, false, "");
        }

        // 409 ConditionalRequestConflict: two conditional writes of one object met (S3 user guide, "Conditional writes").
        bool isCondition = response.RequestMessage!.Headers is { IfMatch.Count: > 0 } or { IfNoneMatch.Count: > 0 };
        if (isCondition && response.StatusCode is (HttpStatusCode.NotModified or HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict))
        {
            return (true, false, "");
        }

        string body = await response.Content.ReadAsStringAsync(cancellation);
        (string code, string message) = ReadError(body);
        // S3 says 404 also for a bucket that does not exist, which no caller means by "no such object".
        bool isMissing = response.StatusCode == HttpStatusCode.NotFound && code is "" or "NoSuchKey";
        bool mayRepeat = (int)response.StatusCode >= 500 || response.StatusCode == HttpStatusCode.TooManyRequests || code is "SlowDown" or "RequestTimeout";
        return (isMissing, mayRepeat, $"the server answers {(int)response.StatusCode} {code}: {message}".TrimEnd(' ', ':'));
    }

    private static string TagOf(HttpResponseMessage response, string key) =>
        response.Headers.ETag?.Tag ?? throw new ObjectStorageException($"{key}: the server gave no ETag.");

    private static (string Code, string Message) ReadError(string body)
    {
        try
        {
            XElement error = XElement.Parse(body);
            return (Child(error, "Code"), Child(error, "Message"));
        }
        catch (System.Xml.XmlException)
        {
            return ("", body.Length > 200 ? body[..200] : body);
        }
    }

    private static string Child(XElement element, string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value ?? "";
}
