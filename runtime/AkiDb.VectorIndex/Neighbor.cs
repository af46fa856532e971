using System.Runtime.InteropServices;

namespace AkiDb.VectorIndex;

/// <summary>One result of a search.</summary>
/// <param name="Key">The caller's key of the vector.</param>
/// <param name="Distance">Distance to the query under the index's <see cref="DistanceMetric"/>; smaller is nearer.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Neighbor(ulong Key, float Distance);
