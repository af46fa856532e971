using System.Net;
using System.Text.Json.Nodes;
using AkiDb.TestKit;
using Microsoft.AspNetCore.Http;
using Xunit.Abstractions;

namespace AkiDb.Integration.Tests.Router;

/// <summary>The router as its own process, so that its memory is its own.</summary>
public class MemoryTests(ITestOutputHelper output)
{
    private const long Mebibyte = 1024 * 1024;

    [Fact]
    public async Task Bodies_Of64MiBEachWay_StreamThroughWithFlatMemory()
    {
        await using var backend = await FaultyBackend.StartAsync(SwallowThenSendAsync);
        var config = RouterUnderTest.Config(RouterUnderTest.Backend("a", 1, 10, backend.Url));
        await using var router = await StartProcessAsync(config);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{router.Port}") };
        await SendAsync(http, Mebibyte);
        var small = PeakBytes(router);

        for (var i = 0; i < 4; i++)
        {
            (await SendAsync(http, 64 * Mebibyte)).Should().Be(64 * Mebibyte);
        }

        var grown = PeakBytes(router) - small;
        output.WriteLine($"peak memory: {small / Mebibyte} MiB after 1 MiB, {grown / (double)Mebibyte:0.0} MiB more after 4 x 64 MiB");
        grown.Should().BeLessThan(24 * Mebibyte, "a body passes through, it does not stay");
    }

    [Fact]
    public async Task Stop_Politely_FinishesWhatIsUnderWayAndExitsCleanly()
    {
        await using var backend = await FaultyBackend.StartAsync();
        (backend.Fault, backend.Delay) = (BackendFault.Slow, TimeSpan.FromSeconds(1));
        await using var router = await StartProcessAsync(RouterUnderTest.Config(RouterUnderTest.Backend("a", 1, 10, backend.Url)));
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{router.Port}") };
        var underWay = http.GetAsync("/x");
        await RouterUnderTest.EventuallyAsync(() => Task.FromResult(backend.InProgress == 1), "the request is under way");

        router.Signal(15);

        (await underWay).StatusCode.Should().Be(HttpStatusCode.OK);
        (await router.WaitForExitAsync(TimeSpan.FromSeconds(10))).Should().Be(0);
    }

    [Fact]
    public async Task Start_BadConfiguration_ExitsWithTwo()
    {
        await using var router = Start("{ }", FreePort.Next());

        (await router.WaitForExitAsync(TimeSpan.FromSeconds(20))).Should().Be(2);
    }

    // HTTP/1.1 clients send their whole body before they read the answer, so the backend answers with as much as it was sent afterwards.
    private static async Task SwallowThenSendAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        await new Zeros(context.Request.ContentLength!.Value).CopyToAsync(context.Response.Body);
    }

    private static Task<ServerProcess> StartProcessAsync(JsonObject config) => ServerProcess.UpAsync(Start(config.ToJsonString(), FreePort.Next()));

    private static ServerProcess Start(string config, int port)
    {
        var path = Path.Combine(Path.GetTempPath(), $"router-{port}.json");
        File.WriteAllText(path, config);
        var program = Path.Combine(AppContext.BaseDirectory, "AkiDb.Router.dll");
        return new ServerProcess("dotnet", [program, "serve", "--config", path, "--urls", $"http://127.0.0.1:{port}"], port, "./akidb setup");
    }

    private static async Task<long> SendAsync(HttpClient http, long bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload") { Content = new StreamContent(new Zeros(bytes)) };
        request.Content.Headers.ContentLength = bytes;
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[64 * 1024];
        long total = 0;
        while (await body.ReadAsync(buffer) is var read and > 0)
        {
            total += read;
        }

        return total;
    }

    // The kernel's own high-water mark: a peak between two looks does not escape it.
    private static long PeakBytes(ServerProcess process)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").Single(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
    }

    /// <summary>A body of zeros that is nowhere in memory.</summary>
    private sealed class Zeros(long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, _left);
            Array.Clear(buffer, offset, read);
            _left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
