namespace AkiDb.Predictor.Traffic;

/// <summary>A traffic source failed, or does not give what it should; the message says which and what.</summary>
internal sealed class TrafficSourceException(string message, Exception? inner = null) : Exception(message, inner);
