using System.Buffers.Binary;
using System.Net.Http.Json;
using System.Text.Json;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.Images;

/// <summary>What the search engine's image holds. The base image cannot be had here, so the publish folder stands for it.</summary>
public sealed class SearchEngineImageTests(PublishedSearchEngine published) : IClassFixture<PublishedSearchEngine>
{
    // ELF header, e_machine (System V ABI, object files).
    private const ushort X64 = 0x3E;
    private const ushort Arm64 = 0xB7;

    [Theory]
    [InlineData("linux-x64", X64)]
    [InlineData("linux-arm64", Arm64)]
    public void Publish_HasTheNativeLibrariesOfBothProcessors(string runtime, ushort machine)
    {
        string folder = Path.Combine(published.Folder, "runtimes", runtime, "native");

        Directory.GetFiles(folder).Select(Path.GetFileName).Should().Contain(["libonnxruntime.so", "libe_sqlite3.so"]);
        Directory.GetFiles(folder, "*.so").Should().OnlyContain(library => MachineOf(library) == machine);
    }

    [Fact]
    public void Publish_HasNoProgramOfOneProcessor()
    {
        File.Exists(published.Assembly).Should().BeTrue();
        string[] natives = [.. Directory.GetFiles(published.Folder).Where(file => Path.GetExtension(file) is "" or ".so")];
        natives.Should().BeEmpty();
    }

    [Fact]
    public void Publish_HasTheDefaultModels_TheirLicence_AndLittleElse()
    {
        string[] files = [.. Directory.GetFiles(published.Folder, "*", SearchOption.AllDirectories)];

        foreach (string model in new[] { "universal-sentence-encoder-lite", "universal-sentence-encoder-lite-int8" })
        {
            Directory.GetFiles(Path.Combine(published.Folder, "models", model)).Select(Path.GetFileName).Should().BeEquivalentTo("model.onnx", "vocab.json", "LICENSE");
        }

        // Two models 42 MB, ONNX Runtime for two processors 53 MB; SQLite comes for each system it knows.
        files.Sum(file => new FileInfo(file).Length).Should().BeLessThan(150_000_000);
        files.Should().NotContain(file => file.Contains("node_modules", StringComparison.Ordinal) || file.Contains("Development", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Program_WithoutRootAndWithoutAPlaceToWrite_EmbedsTexts()
    {
        int port = FreePort.Next();
        string[] serve = ["dotnet", published.Assembly, "serve", "--role", "embed", "--no-auth", "--log", "none", "--urls", $"http://127.0.0.1:{port}"];
        // No HOME, and no folder for temporary files.
        string[] bare = ["env", "-i", "--chdir=/", $"PATH={Environment.GetEnvironmentVariable("PATH")}", .. serve];
        // Root can have a read-only root and become nobody, as in the cluster; anyone else is nobody enough.
        string[] command = Environment.IsPrivilegedProcess
            ? ["unshare", "--mount", "sh", "-c", "mount -o remount,bind,ro / && exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs \"$@\"", "sh", .. bare]
            : bare;
        await using var server = new ServerProcess(command[0], command[1..], port, "apt-get install util-linux");
        await server.WaitUntilUpAsync();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        using HttpResponseMessage response = await http.PostAsJsonAsync("/api/v1/embed", new { texts = new[] { "a text", "another" } });

        string body = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.Should().BeTrue("the answer is {0}; standard error ends with {1}", body, server.LastError);
        using JsonDocument answer = JsonDocument.Parse(body);
        answer.RootElement.GetProperty("embeddings").EnumerateArray().Select(vector => vector.GetArrayLength()).Should().Equal(512, 512);
        (await File.ReadAllLinesAsync($"/proc/{server.Id}/status")).Should().Contain(line => line.StartsWith("Uid:", StringComparison.Ordinal) && !line.EndsWith("\t0", StringComparison.Ordinal));
    }

    private static ushort MachineOf(string library)
    {
        Span<byte> header = stackalloc byte[20];
        using FileStream file = File.OpenRead(library);
        file.ReadExactly(header);
        return BinaryPrimitives.ReadUInt16LittleEndian(header[18..]);
    }
}
