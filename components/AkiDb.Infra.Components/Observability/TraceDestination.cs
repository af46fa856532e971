namespace AkiDb.Infra.Components.Observability;

/// <summary>Where the traces that were kept go. docs/observability.md has both prices.</summary>
public enum TraceDestination
{
    /// <summary>No collectors; services make trace ids all the same and export nothing.</summary>
    Off,

    /// <summary>X-Ray segments, billed by the trace. Works whether or not the account has Transaction Search.</summary>
    XRay,

    /// <summary>X-Ray's OTLP endpoint, billed by the gigabyte of spans. The endpoint refuses every request until Transaction
    /// Search is on ("The OTLP API is supported with CloudWatch Logs as a Trace Segment Destination", CloudWatch user guide, OTLP
    /// endpoint, from memory, 2026-11).</summary>
    TransactionSearch,
}
