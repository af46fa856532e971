namespace AkiDb.Infra.Policies;

/// <summary>One thing that a plan must or should be. A rule holds no state: the same plan gives the same findings.</summary>
public abstract class Rule
{
    private protected Rule()
    {
    }

    /// <summary>Name, reason, weight and remedy.</summary>
    public abstract RuleAbout About { get; }

    /// <summary>Everything the rule has to say about a plan; nothing where it is content.</summary>
    public abstract IEnumerable<Finding> Check(PlanView plan);
}
