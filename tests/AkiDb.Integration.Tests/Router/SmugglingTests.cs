using System.Net.Sockets;
using System.Text;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.Router;

/// <summary>Requests that two servers could read differently, sent byte by byte; none may reach a backend as something else.</summary>
public class SmugglingTests
{
    public static TheoryData<string, string> Malformed => new()
    {
        { "both lengths", "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX" },
        { "both lengths, other order", "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" },
        { "two lengths", "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!" },
        { "list of lengths", "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 6\r\n\r\nhello!" },
        { "negative length", "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n" },
        { "hexadecimal length", "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n\r\nhello" },
        { "unknown coding", "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" },
        { "coding before chunked", "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" },
        { "coding after chunked", "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" },
        { "coding twice", "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" },
        { "space before colon", "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n" },
        { "folded header", "POST /x HTTP/1.1\r\nHost: a\r\nX: 1\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" },
        { "NUL in a value", "GET /x HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n" },
        { "bare CR in a value", "GET /x HTTP/1.1\r\nHost: a\r\nX: a\rTransfer-Encoding: chunked\r\n\r\n" },
        { "bad chunk size", "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n" },
        { "chunk size overflow", "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\nhello\r\n0\r\n\r\n" },
        { "no host", "GET /x HTTP/1.1\r\n\r\n" },
        { "two hosts", "GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" },
        { "tunnel", "CONNECT internal:22 HTTP/1.1\r\nHost: internal:22\r\n\r\n" },
        { "space in the target", "GET /x y HTTP/1.1\r\nHost: a\r\n\r\n" },
        { "header name with a space", "GET /x HTTP/1.1\r\nHost: a\r\nX Y: 1\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task MalformedRequest_IsRefusedAndTheConnectionClosed(string what, string request)
    {
        await using var backend = await FaultyBackend.StartAsync();
        await using var router = await RouterUnderTest.StartAsync(RouterUnderTest.Config(RouterUnderTest.Backend("a", 1, 10, backend.Url)));

        var answer = await SendAsync(router, request + "GET /smuggled HTTP/1.1\r\nHost: a\r\nX-Request-Id: smuggled\r\n\r\n");

        answer.Should().MatchRegex("^HTTP/1.1 (400|501|505) ", $"{what} is malformed");
        backend.Received.Should().NotContain("smuggled", "what follows a refused request is not a request");
    }

    [Fact]
    public async Task SignedLength_WhichTheServerAccepts_IsPassedOnWithoutItsSign()
    {
        var seen = new TaskCompletionSource<string>();
        await using var backend = await FaultyBackend.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen.TrySetResult($"{context.Request.Headers.ContentLength} {await reader.ReadToEndAsync()}");
        });
        await using var router = await RouterUnderTest.StartAsync(RouterUnderTest.Config(RouterUnderTest.Backend("a", 1, 10, backend.Url)));

        await SendAsync(router, "POST /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: +5\r\n\r\nhello");

        (await seen.Task.WaitAsync(TimeSpan.FromSeconds(5))).Should().Be("5 hello");
    }

    [Theory]
    [InlineData("X-Long", 40_000)]
    [InlineData("Cookie", 33_000)]
    public async Task Headers_LargerThanAllowed_AreRefused(string name, int length)
    {
        await using var backend = await FaultyBackend.StartAsync();
        await using var router = await RouterUnderTest.StartAsync(RouterUnderTest.Config(RouterUnderTest.Backend("a", 1, 10, backend.Url)));

        var answer = await SendAsync(router, $"GET /x HTTP/1.1\r\nHost: a\r\n{name}: {new string('a', length)}\r\n\r\n");

        answer.Should().StartWith("HTTP/1.1 431 ");
        backend.Received.Should().BeEmpty();
    }

    [Fact]
    public async Task Headers_MoreThanAllowed_AreRefused()
    {
        await using var backend = await FaultyBackend.StartAsync();
        await using var router = await RouterUnderTest.StartAsync(RouterUnderTest.Config(RouterUnderTest.Backend("a", 1, 10, backend.Url)));

        var answer = await SendAsync(router, $"GET /x HTTP/1.1\r\nHost: a\r\n{string.Concat(Enumerable.Range(0, 120).Select(i => $"X-{i}: 1\r\n"))}\r\n");

        answer.Should().StartWith("HTTP/1.1 431 ");
    }

    [Fact]
    public async Task RequestLine_LongerThanAllowed_IsRefused()
    {
        await using var backend = await FaultyBackend.StartAsync();
        await using var router = await RouterUnderTest.StartAsync(RouterUnderTest.Config(RouterUnderTest.Backend("a", 1, 10, backend.Url)));

        (await SendAsync(router, $"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: a\r\n\r\n")).Should().StartWith("HTTP/1.1 414 ");
    }

    private static async Task<string> SendAsync(RouterUnderTest router, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", new Uri(router.Url).Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        var buffer = new byte[64 * 1024];
        var text = new StringBuilder();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            while (await stream.ReadAsync(buffer, patience.Token) is var read and > 0)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // A reset after the answer closes the connection too.
        }

        return text.ToString();
    }
}
