using System.Collections.Immutable;

namespace AkiDb.Infra.Components.Observability.Alerting;

/// <summary>Who is on call, by the part of the world where it is day (specification W15: follow the sun). PagerDuty's ids of users,
/// which are no secrets; each list takes weekly turns.</summary>
public sealed record OnCallRota
{
    /// <summary>0:00 to 8:00 UTC.</summary>
    public ImmutableArray<string> Asia { get; init; } = [];

    /// <summary>8:00 to 16:00 UTC.</summary>
    public ImmutableArray<string> Europe { get; init; } = [];

    /// <summary>16:00 to 24:00 UTC.</summary>
    public ImmutableArray<string> Americas { get; init; } = [];
}
