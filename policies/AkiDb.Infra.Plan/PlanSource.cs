namespace AkiDb.Infra.Plan;

/// <summary>How a plan was made.</summary>
public enum PlanSource
{
    /// <summary>The program was evaluated in memory: outputs are stand-ins, so nothing is unknown.</summary>
    OfflineEvaluation,

    /// <summary>Read from <c>pulumi preview --json --show-sames</c>: outputs of new resources are unknown.</summary>
    PulumiPreview,
}
