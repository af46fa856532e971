using AkiDb.TestKit.Plans;

namespace AkiDb.Infra.Tests.Policies.Faults;

/// <summary>One deliberate fault in the prod plan.</summary>
/// <param name="Name">What was done, as a sentence.</param>
/// <param name="Rule">The rule that must catch it.</param>
/// <param name="Mutate">Makes the fault.</param>
/// <param name="Also">Rules that see the same fault from their side; no other may speak.</param>
public sealed record Fault(string Name, string Rule, Func<PlanBuilder, PlanBuilder> Mutate, params string[] Also)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
