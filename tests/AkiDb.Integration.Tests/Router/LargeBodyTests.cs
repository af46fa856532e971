using System.Net;
using System.Text.Json.Nodes;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.Router;

/// <summary>Bodies that are refused: by the router for their length, or by the backend, before or while they are sent.</summary>
public sealed class LargeBodyTests
{
    private const int MiB = 1024 * 1024;

    [Theory]
    [InlineData(1_001, true)]
    [InlineData(1_001, false)]
    [InlineData(120_000, true)]
    [InlineData(120_000, false)]
    public async Task LargerThanAllowed_Is413(int bytes, bool hasLength)
    {
        await using var backend = await FaultyBackend.StartAsync();
        var config = RouterUnderTest.Config(RouterUnderTest.Backend("a", 1, 10, backend.Url));
        config["limits"] = new JsonObject { ["maxBodyBytes"] = 1_000 };
        await using var router = await RouterUnderTest.StartAsync(config);
        using var request = Post(bytes, hasLength);

        using var response = await router.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadAsStringAsync()).Should().Contain("larger than 1,000 bytes");
        (await AddressStateAsync(router)).Should().Be("ready");
    }

    [Fact]
    public async Task RefusedByTheBackendForItsLength_PassesTheBackendsAnswerOn()
    {
        await using var backend = await FaultyBackend.StartAsync(context =>
        {
            context.Response.StatusCode = (int)HttpStatusCode.RequestEntityTooLarge;
            return Task.CompletedTask;
        });
        await using var router = await RouterUnderTest.StartAsync(RouterUnderTest.Config(RouterUnderTest.Backend("a", 1, 10, backend.Url)));
        for (var i = 0; i < 5; i++)
        {
            using var request = Post(40 * MiB, hasLength: true);

            using var response = await router.Http.SendAsync(request);

            response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        }

        (await AddressStateAsync(router)).Should().Be("ready");
    }

    [Fact]
    public async Task CutByTheBackendWhileSent_SaysNothingAboutTheAddress()
    {
        await using var backend = await FaultyBackend.StartAsync(async context =>
        {
            await context.Request.Body.ReadExactlyAsync(new byte[100_000]);
            context.Abort();
        });
        await using var router = await RouterUnderTest.StartAsync(RouterUnderTest.Config(RouterUnderTest.Backend("a", 1, 10, backend.Url)));
        for (var i = 0; i < 5; i++)
        {
            using var request = Post(40 * MiB, hasLength: false);

            using var response = await router.Http.SendAsync(request);

            response.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        }

        (await AddressStateAsync(router)).Should().Be("ready");
    }

    // Asks for the body's reception first, as curl does with large ones: what is refused is then not sent.
    private static HttpRequestMessage Post(int bytes, bool hasLength)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/collections/a/documents") { Content = new ByteArrayContent(new byte[bytes]) };
        request.Headers.ExpectContinue = true;
        request.Headers.TransferEncodingChunked = !hasLength;
        return request;
    }

    private static async Task<string?> AddressStateAsync(RouterUnderTest router) =>
        (string?)(await router.StateAsync())["backends"]![0]!["addresses"]![0]!["state"];
}
