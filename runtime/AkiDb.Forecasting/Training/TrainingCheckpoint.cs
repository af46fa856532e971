using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AkiDb.Forecasting.Traffic;

namespace AkiDb.Forecasting.Training;

/// <summary>
/// Training as it stood after an epoch, in a file. Going on from it gives the same weights as never having stopped. The file says
/// which options and which data it belongs to, and ends with a SHA-256 of itself.
/// </summary>
public static class TrainingCheckpoint
{
    private const string Magic = "akidb-lstm-checkpoint-1";

    /// <summary>Writes a checkpoint; a file of that name is replaced in one step.</summary>
    public static void Save(LstmTrainer trainer, string path)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
        {
            var state = trainer.State;
            writer.Write(Magic);
            writer.Write(trainer.Fingerprint);
            writer.Write(state.Epoch);
            writer.Write(state.Step);
            writer.Write(state.LearningRate);
            writer.Write(state.BestError);
            writer.Write(state.BestEpoch);
            writer.Write(state.EpochsOnPlateau);
            foreach (var array in state.Arrays)
            {
                writer.Write(MemoryMarshal.AsBytes<float>(array.Span));
            }
        }

        memory.Write(SHA256.HashData(memory.GetBuffer().AsSpan(0, (int)memory.Length)));
        var temporary = $"{path}.new";
        File.WriteAllBytes(temporary, memory.ToArray());
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Puts a trainer where a checkpoint was.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or of other options or data.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void Restore(LstmTrainer trainer, string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < SHA256.HashSizeInBytes
            || !SHA256.HashData(bytes.AsSpan(..^SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(^SHA256.HashSizeInBytes..)))
        {
            throw new InvalidDataException($"Checkpoint '{path}' is damaged: its SHA-256 does not match. Delete it to start anew.");
        }

        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        if (reader.ReadString() != Magic || reader.ReadString() is var fingerprint && fingerprint != trainer.Fingerprint)
        {
            throw new InvalidDataException(
                $"Checkpoint '{path}' belongs to other options, other data or another version. Delete it to start anew, or train as it was begun.");
        }

        var state = trainer.State;
        state.Epoch = reader.ReadInt32();
        state.Step = reader.ReadInt64();
        state.LearningRate = reader.ReadDouble();
        state.BestError = reader.ReadDouble();
        state.BestEpoch = reader.ReadInt32();
        state.EpochsOnPlateau = reader.ReadInt32();
        foreach (var array in state.Arrays)
        {
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes<float>(array.Span));
        }

        trainer.TakeUp();
    }

    /// <summary>What a checkpoint must agree with: everything that changes the result, and nothing else.</summary>
    internal static string FingerprintOf(TrainingOptions options, TrafficSeries learnt, IEnumerable<string> holidays)
    {
        var text = JsonSerializer.Serialize(options with { Threads = 1, Lanes = Simd.FloatLanes.Widest });
        return $"{text} {TrafficHash.Of(learnt)} {string.Join(',', holidays)}";
    }
}
