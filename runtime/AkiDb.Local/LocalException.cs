namespace AkiDb.Local;

/// <summary>Something on this machine keeps the run from starting or going on; the message says what to do.</summary>
internal sealed class LocalException(string message) : Exception(message);
