namespace AkiDb.Infra.Plan.Offline;

/// <summary>What an offline evaluation needs to know besides the program.</summary>
public sealed record EvaluationContext
{
    /// <summary>Pulumi project.</summary>
    public required string Project { get; init; }

    /// <summary>Stack, which is the environment.</summary>
    public required string Stack { get; init; }

    /// <summary>AWS account that stand-in ARNs name, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>How long the program may take. Default: one minute; a program that waits for its own parent never ends.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Measures the timeout.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
