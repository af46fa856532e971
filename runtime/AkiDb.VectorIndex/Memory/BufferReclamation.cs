namespace AkiDb.VectorIndex.Memory;

/// <summary>Frees the arrays of old generations when no reader can hold them any more. Callers are exclusive writers.</summary>
internal sealed class BufferReclamation(ReaderEpochs epochs)
{
    private readonly List<(NativeBuffer Buffer, long Epoch)> _retired = [];

    /// <summary>
    /// Hands over the arrays of <paramref name="old"/> that <paramref name="next"/> (already published) does not share.
    /// </summary>
    public void Retire(GenerationBuffers old, GenerationBuffers next)
    {
        var shared = next.All().ToHashSet();
        var epoch = epochs.Advance();
        _retired.AddRange(old.All().Where(buffer => !shared.Contains(buffer)).Select(buffer => (buffer, epoch)));
        FreePassed();
    }

    /// <summary>Frees what can be freed now.</summary>
    public void FreePassed() => _retired.RemoveAll(retired =>
    {
        if (!epochs.HasPassed(retired.Epoch))
        {
            return false;
        }

        retired.Buffer.Dispose();
        return true;
    });
}
