using AkiDb.Local.Processes;

namespace AkiDb.Local.Cluster;

/// <summary>A reader of the search engine: what a pod is in a cluster.</summary>
internal sealed class Reader(string name, Uri url, bool isSpot, ChildProcess process)
{
    public string Name => name;

    public Uri Url => url;

    /// <summary>True on spot capacity: cheaper, and it may be taken away.</summary>
    public bool IsSpot => isSpot;

    public ChildProcess Process => process;

    public ReaderState State { get; set; } = ReaderState.Starting;
}
