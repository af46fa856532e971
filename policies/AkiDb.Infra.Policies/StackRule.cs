namespace AkiDb.Infra.Policies;

/// <summary>A rule that needs more than one resource; the engine asks it once, with all of them.</summary>
public abstract class StackRule : Rule
{
    /// <inheritdoc/>
    public sealed override IEnumerable<Finding> Check(PlanView plan) => Judge(plan).OfType<Finding>();

    /// <summary>Findings about the plan; nulls are dropped.</summary>
    protected abstract IEnumerable<Finding?> Judge(PlanView plan);
}
