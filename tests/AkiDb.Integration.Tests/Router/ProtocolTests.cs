using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using AkiDb.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AkiDb.Integration.Tests.Router;

public class ProtocolTests
{
    [Fact]
    public async Task WebSocket_Messages_PassBothWays()
    {
        await using var backend = await FaultyBackend.StartAsync(EchoWebSocketAsync);
        await using var router = await StartAsync(backend);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(router.Url.Replace("http:", "ws:", StringComparison.Ordinal) + "/ws"), CancellationToken.None);
        var buffer = new byte[100];

        for (var i = 0; i < 10; i++)
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes($"message {i}"), WebSocketMessageType.Text, true, CancellationToken.None);
            var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
            Encoding.UTF8.GetString(buffer, 0, received.Count).Should().Be($"message {i}");
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    [Theory]
    [InlineData("/events")]
    [InlineData("/api/v1/embed")]
    public async Task ServerSentEvents_FirstEvent_ArrivesBeforeTheSecondIsSent(string path)
    {
        var firstSeen = new TaskCompletionSource();
        await using var backend = await FaultyBackend.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: 1\n\n");
            await context.Response.Body.FlushAsync();
            await firstSeen.Task;
            await context.Response.WriteAsync("data: 2\n\n");
        });
        await using var router = await StartAsync(backend);
        using var response = await router.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10))).Should().Be("data: 1");
        firstSeen.SetResult();

        (await reader.ReadToEndAsync()).Should().Contain("data: 2");
    }

    [Fact]
    public async Task Http2_ClientAndBackend_WithTrailers_Pass()
    {
        await using var backend = await FaultyBackend.StartAsync(
            async context =>
            {
                context.Response.DeclareTrailer("grpc-status");
                await context.Response.WriteAsync(context.Request.Protocol);
                context.Response.AppendTrailer("grpc-status", "0");
            },
            HttpProtocols.Http2);
        var settings = RouterUnderTest.Backend("a", 1, 10, backend.Url);
        settings["httpVersion"] = 2;
        var config = RouterUnderTest.Config(settings);
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        config["listen"] = new JsonArray(new JsonObject { ["url"] = url, ["protocols"] = "http2" });
        await using var router = await RouterUnderTest.StartAsync(config);
        using var request = new HttpRequestMessage(HttpMethod.Get, url + "/x") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var response = await router.Http.SendAsync(request);

        response.Version.Should().Be(HttpVersion.Version20);
        (await response.Content.ReadAsStringAsync()).Should().Be("HTTP/2");
        response.TrailingHeaders.GetValues("grpc-status").Should().Equal("0");
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Tls_NegotiatesTheVersionThatTheClientWants(string version)
    {
        await using var backend = await FaultyBackend.StartAsync();
        var (certificate, key) = await SelfSignedAsync();
        var url = $"https://127.0.0.1:{FreePort.Next()}";
        var config = RouterUnderTest.Config(RouterUnderTest.Backend("a", 1, 10, backend.Url));
        config["listen"] = new JsonArray(new JsonObject { ["url"] = url, ["certificateFile"] = certificate, ["keyFile"] = key });
        await using var router = await RouterUnderTest.StartAsync(config);
        using var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.Subject == "CN=router-test";
        using var http = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, url + "/x")
        {
            Version = Version.Parse(version),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Version.Should().Be(Version.Parse(version));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16_384)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(1_000_003)]
    public async Task Bodies_OfEverySizeAroundTheLimits_ComeBackAsTheyWereSent(int bytes)
    {
        await using var backend = await FaultyBackend.StartAsync(EchoBodyAsync);
        await using var router = await StartAsync(backend);
        var body = new byte[bytes];
        new Random(bytes).NextBytes(body);

        foreach (var path in new[] { "/api/v1/embed", "/write" })
        {
            foreach (var isChunked in new[] { false, true })
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
                request.Headers.TransferEncodingChunked = isChunked;
                using var response = await router.Http.SendAsync(request);
                (await response.Content.ReadAsByteArrayAsync()).Should().Equal(body, $"{path} chunked {isChunked}");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ChunkedBody_ThatComesInPieces_IsPassedOnWhole(int majorVersion)
    {
        await using var backend = await FaultyBackend.StartAsync(EchoBodyAsync);
        var config = RouterUnderTest.Config(RouterUnderTest.Backend("a", 1, 10, backend.Url));
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        config["listen"] = new JsonArray(new JsonObject { ["url"] = url, ["protocols"] = majorVersion == 2 ? "http2" : "http1" });
        await using var router = await RouterUnderTest.StartAsync(config);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{url}/api/v1/embed")
        {
            Content = new PiecewiseContent([40_000, 1, 40_000]),
            Version = new Version(majorVersion, majorVersion == 2 ? 0 : 1),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsByteArrayAsync()).Should().HaveCount(80_001);
    }

    [Fact]
    public async Task ChunkedBodies_ThatAreShort_CountInTheLatencyThatRoutingSees()
    {
        await using var backend = await FaultyBackend.StartAsync(EchoBodyAsync);
        await using var router = await StartAsync(backend);

        for (var i = 0; i < 200; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/embed") { Content = new StringContent("text") };
            request.Headers.TransferEncodingChunked = true;
            using var response = await router.Http.SendAsync(request);
            var state = JsonNode.Parse(await router.Http.GetStringAsync("/_router/state"))!;
            if (state["backends"]!.AsArray().Sum(one => one!["samples"]!.GetValue<int>()) > 0)
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail("No answer was measured.");
    }

    [Theory]
    [InlineData("HEAD", 200, 5)]
    [InlineData("GET", 204, 0)]
    [InlineData("GET", 304, 0)]
    public async Task BodylessAnswers_Pass(string method, int status, int length)
    {
        await using var backend = await FaultyBackend.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentLength = status == 200 ? 5 : null;
            return Task.CompletedTask;
        });
        await using var router = await StartAsync(backend);
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/embed");

        using var response = await router.Http.SendAsync(request);

        ((int)response.StatusCode).Should().Be(status);
        response.Content.Headers.ContentLength.Should().Be(length);
        (await response.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
    }

    private static async Task<(string Certificate, string Key)> SelfSignedAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=router-test", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (certificateFile, keyFile) = (Path.GetTempFileName(), Path.GetTempFileName());
        await File.WriteAllTextAsync(certificateFile, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificateFile, keyFile);
    }

    private static Task<RouterUnderTest> StartAsync(FaultyBackend backend) =>
        RouterUnderTest.StartAsync(RouterUnderTest.Config(RouterUnderTest.Backend("a", 1, 10, backend.Url)));

    // Whole before echoed: HTTP/1.1 clients read no answer while they send.
    private static async Task EchoBodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        context.Response.ContentLength = context.Request.ContentLength;
        await context.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length));
    }

    private static async Task EchoWebSocketAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[100];
        while (await socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } received)
        {
            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, CancellationToken.None);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    // A pause between pieces, so that they are read apart.
    private sealed class PiecewiseContent(int[] pieces) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var bytes in pieces)
            {
                await stream.WriteAsync(new byte[bytes]);
                await stream.FlushAsync();
                await Task.Delay(100);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
