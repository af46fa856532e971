using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies;

/// <summary>A <see cref="ResourceRule"/> that can mend what it finds, where there is only one right value.</summary>
public interface IRemediation
{
    /// <summary>Top-level inputs to set, by name; empty where nothing has to change.</summary>
    IReadOnlyDictionary<string, PlanValue> Remediate(PlannedResource resource);
}
