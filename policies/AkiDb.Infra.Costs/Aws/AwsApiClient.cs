using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Amazon.Runtime;

namespace AkiDb.Infra.Costs.Aws;

/// <summary>One AWS endpoint: signed POSTs, retried where AWS asks for less or fails itself. Thread-safe.</summary>
/// <param name="http">Its timeouts hold.</param>
/// <param name="endpoint">Address, e.g. <c>https://ce.us-east-1.amazonaws.com</c>.</param>
/// <param name="region">Region of the signature.</param>
/// <param name="service">Service of the signature, e.g. <c>ce</c>.</param>
/// <param name="credentials">Who asks; refreshed by the SDK where they can be.</param>
/// <param name="clock">Stamps requests and waits between attempts.</param>
public sealed class AwsApiClient(HttpClient http, Uri endpoint, string region, string service, AWSCredentials credentials, TimeProvider clock)
{
    /// <summary>Attempts in all, as the SDK's standard mode counts, with one to spare for Cost Explorer's low limits.</summary>
    public const int MaxAttempts = 4;

    // Codes that AWS documents for "slow down", over the services that are used here.
    private static readonly HashSet<string> Throttling =
        ["ThrottlingException", "Throttling", "RequestLimitExceeded", "LimitExceededException", "TooManyRequestsException"];

    private static readonly HashSet<string> Expired = ["ExpiredTokenException", "ExpiredToken", "RequestExpired"];

    private int _calls;

    /// <summary>Requests that were answered with success, each of which may be billed.</summary>
    public int Calls => _calls;

    /// <summary>A call of the JSON 1.1 protocol.</summary>
    /// <param name="target">Header <c>X-Amz-Target</c>.</param>
    /// <param name="body">JSON.</param>
    /// <param name="cancel">Ends waiting too.</param>
    /// <exception cref="AwsApiException">AWS refused it.</exception>
    public Task<string> CallJsonAsync(string target, string body, CancellationToken cancel) =>
        SendAsync("application/x-amz-json-1.1", target, body, cancel);

    /// <summary>A call of the query protocol; the answer is XML.</summary>
    /// <exception cref="AwsApiException">AWS refused it.</exception>
    public Task<string> CallQueryAsync(IEnumerable<KeyValuePair<string, string>> parameters, CancellationToken cancel) => SendAsync(
        "application/x-www-form-urlencoded; charset=utf-8", null,
        string.Join('&', parameters.Select(entry => $"{Uri.EscapeDataString(entry.Key)}={Uri.EscapeDataString(entry.Value)}")), cancel);

    private async Task<string> SendAsync(string contentType, string? target, string body, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = await CreateAsync(contentType, target, Encoding.UTF8.GetBytes(body));
            using var response = await http.SendAsync(request, cancel);
            var text = await response.Content.ReadAsStringAsync(cancel);
            if (response.IsSuccessStatusCode)
            {
                Interlocked.Increment(ref _calls);
                return text;
            }

            var (code, message) = ReadError(text, response.StatusCode);
            var mayRetry = Throttling.Contains(code) || response.StatusCode >= HttpStatusCode.InternalServerError || response.StatusCode == HttpStatusCode.TooManyRequests;
            if (!mayRetry || attempt == MaxAttempts)
                throw new AwsApiException(code, Explain(code, message));
            await Task.Delay(TimeSpan.FromMilliseconds(200 * Math.Pow(2, attempt)), clock, cancel);
        }
    }

    private async Task<HttpRequestMessage> CreateAsync(string contentType, string? target, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, "/")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (target is not null)
            request.Headers.TryAddWithoutValidation("x-amz-target", target);
        var secret = await credentials.GetCredentialsAsync();
        SignatureV4.Sign(request, body, request.Content.Headers.ContentType.ToString(), region, service, secret, clock.GetUtcNow());
        return request;
    }

    // JSON 1.1 puts the code into __type, sometimes with a namespace before '#'; the query protocol into <Errors><Error><Code>.
    private static (string Code, string Message) ReadError(string text, HttpStatusCode status)
    {
        try
        {
            if (text.TrimStart().StartsWith('<'))
            {
                var error = XDocument.Parse(text).Descendants().First(element => element.Name.LocalName == "Error");
                return (Child(error, "Code"), Child(error, "Message"));
            }

            using var json = JsonDocument.Parse(text);
            var type = json.RootElement.GetProperty("__type").GetString() ?? "";
            return (type[(type.LastIndexOf('#') + 1)..],
                json.RootElement.TryGetProperty("message", out var low) || json.RootElement.TryGetProperty("Message", out low) ? low.GetString() ?? "" : "");
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException or System.Xml.XmlException)
        {
            return ($"HTTP {(int)status}", text.Length > 200 ? text[..200] : text);
        }
    }

    private static string Child(XElement element, string name) => element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value ?? "";

    private static string Explain(string code, string message) => (code, Expired.Contains(code)) switch
    {
        (_, true) => $"AWS says that the credentials have expired ({message}); sign in again, e.g. 'aws sso login'.",
        ("AccessDeniedException" or "UnauthorizedOperation", _) => $"AWS refuses the call: {message}",
        ("DataUnavailableException", _) => $"AWS has no data for it yet: {message}",
        _ => $"AWS answers {code}: {message}",
    };
}
