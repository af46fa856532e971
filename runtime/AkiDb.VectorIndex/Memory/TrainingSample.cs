using AkiDb.VectorIndex.Quantization;

namespace AkiDb.VectorIndex.Memory;

/// <summary>Vectors to train the quantiser on.</summary>
internal static unsafe class TrainingSample
{
    /// <summary>Evenly spread stored vectors, and the one about to be stored.</summary>
    public static float[] FromSlots(GenerationKeeper keeper, float* incoming)
    {
        var generation = keeper.Current;
        var length = keeper.Shape.PaddedDimension;
        var living = new List<int>();
        var step = Math.Max(1, keeper.Slots / QuantizerTraining.SampleSize);
        for (var slot = 0; slot < keeper.Slots; slot += step)
        {
            if (generation.Lifetimes[slot] is { Born: < Lifetime.Never, Died: Lifetime.Never })
            {
                living.Add(slot);
            }
        }

        var sample = new float[(living.Count + 1) * length];
        for (var i = 0; i < living.Count; i++)
        {
            new ReadOnlySpan<float>(generation.VectorOf(living[i]), length).CopyTo(sample.AsSpan(i * length));
        }

        new ReadOnlySpan<float>(incoming, length).CopyTo(sample.AsSpan(living.Count * length));
        return sample;
    }
}
