namespace AkiDb.Local.Traffic;

/// <summary>A request that is ready to be sent.</summary>
/// <param name="Kind">What it asks for.</param>
/// <param name="SendAsync">Sends it and reads the answer; false for a status of 400 or more, or no answer.</param>
internal sealed record PlannedRequest(RequestKind Kind, Func<Task<bool>> SendAsync);
