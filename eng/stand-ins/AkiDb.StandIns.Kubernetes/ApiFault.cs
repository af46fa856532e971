namespace AkiDb.StandIns.Kubernetes;

/// <summary>What a <see cref="FakeApiServer"/> does with a call instead of, or before, answering it.</summary>
public sealed record ApiFault
{
    /// <summary>Status to answer with; null to go on and answer as usual.</summary>
    public int? Status { get; init; }

    /// <summary>Value of <c>Retry-After</c>, seconds.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Wait before anything else.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Someone else writes the object first: what the caller read is out of date.</summary>
    public bool TouchesObject { get; init; }

    /// <summary>The connection breaks without an answer.</summary>
    public bool Aborts { get; init; }
}
