namespace AkiDb.Local.Cluster;

/// <summary>Where a reader is in its life; one that has ended is none any more.</summary>
internal enum ReaderState
{
    /// <summary>Its process starts and loads the index.</summary>
    Starting,

    /// <summary>It answers.</summary>
    Ready,

    /// <summary>It gets no new requests and finishes those it has.</summary>
    Draining,
}
