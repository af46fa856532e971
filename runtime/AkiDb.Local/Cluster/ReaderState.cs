namespace AkiDb.Local.Cluster;

/// <summary>Where a reader is in its life.</summary>
internal enum ReaderState
{
    /// <summary>Its process starts and loads the index.</summary>
    Starting,

    /// <summary>It answers.</summary>
    Ready,

    /// <summary>It gets no new requests and finishes those it has.</summary>
    Draining,

    /// <summary>Its process has ended.</summary>
    Gone,
}
