namespace AkiDb.VectorIndex.Memory;

/// <summary>
/// Says when codes should be made anew: each time the index has doubled since the last training, and when new vectors
/// fall outside the trained range (the data drifted).
/// </summary>
internal sealed class TrainingClock
{
    private const double TolerableClipping = 0.02;
    private int _next = 64;
    private long _encoded;
    private long _clipped;

    /// <summary>Notes one encoded vector and how many of its components were clipped.</summary>
    public void Encoded(int clipped)
    {
        Interlocked.Increment(ref _encoded);
        if (clipped > 0)
        {
            Interlocked.Add(ref _clipped, clipped);
        }
    }

    /// <summary>Starts over after a training on <paramref name="count"/> vectors.</summary>
    public void Trained(int count)
    {
        _next = (int)Math.Min(Math.Max(64L, 2L * count), int.MaxValue);
        Interlocked.Exchange(ref _encoded, 0);
        Interlocked.Exchange(ref _clipped, 0);
    }

    /// <summary>Share of components clipped since the last training.</summary>
    public double ClippedShare(int dimension)
    {
        var encoded = Interlocked.Read(ref _encoded);
        return encoded == 0 ? 0 : Interlocked.Read(ref _clipped) / ((double)encoded * dimension);
    }

    /// <summary>Whether it is time, with <paramref name="count"/> vectors present.</summary>
    public bool WantsTraining(int count, int dimension) =>
        count >= _next
        // Recoding costs a pass over all vectors, so drift must have touched a few percent of them.
        || (Interlocked.Read(ref _encoded) >= Math.Max(64, count / 32) && ClippedShare(dimension) > TolerableClipping);
}
