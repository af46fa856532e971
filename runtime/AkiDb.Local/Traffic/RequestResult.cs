namespace AkiDb.Local.Traffic;

/// <summary>One answered, or failed, request.</summary>
/// <param name="Kind">What it asked for.</param>
/// <param name="Milliseconds">From the moment it should have been sent, so that a generator that is late does not flatter.</param>
/// <param name="Succeeded">True for a status below 400.</param>
/// <param name="At">When it was done, in <see cref="System.Diagnostics.Stopwatch"/> ticks.</param>
internal readonly record struct RequestResult(RequestKind Kind, double Milliseconds, bool Succeeded, long At);
