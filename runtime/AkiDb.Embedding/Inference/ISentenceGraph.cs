namespace AkiDb.Embedding.Inference;

/// <summary>A loaded graph that makes one unit vector a text. Thread-safe; a run takes one core, the caller's.</summary>
internal interface ISentenceGraph : IDisposable
{
    /// <summary>True if a text's vector depends on the texts that run with it, so that each must run alone.</summary>
    bool MixesTexts { get; }

    /// <summary>Runs texts together, padded to the longest.</summary>
    /// <param name="texts">Token ids of each text, at least one text.</param>
    /// <returns>A vector a text, each an array of its own.</returns>
    float[][] Run(IReadOnlyList<int[]> texts);
}
