using System.Runtime.InteropServices;
using System.Text.Json;

namespace AkiDb.ModelTool;

/// <summary>
/// The weights of a TensorFlow.js graph model: <c>model.json</c> names tensors in order and the shard files that hold them,
/// little-endian and without gaps (tensorflow/tfjs, "Graph model JSON" format).
/// </summary>
internal sealed class TensorflowWeights
{
    private readonly Dictionary<string, float[]> _tensors = [];

    /// <param name="folder">Folder of <c>model.json</c> and the shards.</param>
    /// <exception cref="InvalidDataException">The manifest and the shards do not fit together.</exception>
    public TensorflowWeights(string folder)
    {
        using JsonDocument model = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "model.json")));
        foreach (JsonElement group in model.RootElement.GetProperty("weightsManifest").EnumerateArray())
        {
            byte[] data = [.. group.GetProperty("paths").EnumerateArray().SelectMany(path => File.ReadAllBytes(Path.Combine(folder, path.GetString()!)))];
            int offset = 0;
            foreach (JsonElement weight in group.GetProperty("weights").EnumerateArray())
            {
                // Every type of this model has four bytes.
                int length = weight.GetProperty("shape").EnumerateArray().Aggregate(sizeof(float), (size, dimension) => size * dimension.GetInt32());
                if (offset + length > data.Length)
                {
                    throw new InvalidDataException($"{folder}: the weights end within '{weight.GetProperty("name")}'.");
                }

                if (weight.GetProperty("dtype").GetString() == "float32")
                {
                    _tensors[weight.GetProperty("name").GetString()!] = MemoryMarshal.Cast<byte, float>(data.AsSpan(offset, length)).ToArray();
                }

                offset += length;
            }

            if (offset != data.Length)
            {
                throw new InvalidDataException($"{folder}: the manifest names {offset} bytes of weights, the files have {data.Length}.");
            }
        }
    }

    /// <summary>The float tensor whose name ends so, in row-major order.</summary>
    /// <exception cref="InvalidDataException">There is none, or more than one, or it has another length.</exception>
    public float[] Find(string nameEnd, int length)
    {
        string[] names = [.. _tensors.Keys.Where(name => name.EndsWith(nameEnd, StringComparison.Ordinal))];
        if (names.Length != 1)
        {
            throw new InvalidDataException($"The model has {names.Length} tensors whose names end in '{nameEnd}', not one.");
        }

        float[] tensor = _tensors[names[0]];
        return tensor.Length == length ? tensor : throw new InvalidDataException($"'{names[0]}' has {tensor.Length} numbers, not {length}.");
    }
}
