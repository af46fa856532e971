using System.Collections.Immutable;
using Pulumi;

namespace AkiDb.Infra.Components.Edge;

/// <summary>Hours with more warm environments.</summary>
/// <param name="From">When they begin, as a cron expression of Application Auto Scaling in UTC, e.g. <c>cron(0 7 ? * MON-FRI *)</c>.</param>
/// <param name="Until">When they end.</param>
/// <param name="Environments">How many are kept warm meanwhile.</param>
public sealed record BusyHours(string From, string Until, int Environments);

/// <summary>Settings of a <see cref="WarmEmbeddings"/>.</summary>
public sealed class WarmEmbeddingsArgs : ResourceArgs
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>First part of every name, e.g. <c>akidb-prod</c>.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>Where it stands.</summary>
    public required EdgeLocation Location { get; init; }

    /// <summary>The search engine's image with the Lambda Web Adapter, by digest, from the region's own registry.</summary>
    public required string Image { get; init; }

    /// <summary>Who may call: SHA-256 by the id of a key, one to thirty, as <c>akidb search key create</c> writes them. They are no
    /// secrets: a key has 256 random bits, so that nobody finds it by its hash.</summary>
    public required ImmutableSortedDictionary<string, string> KeyHashes { get; init; }

    /// <summary>ARN of the KMS key for the log.</summary>
    [Input("logKeyArn", required: true)]
    public required Input<string> LogKeyArn { get; init; }

    /// <summary>How long logs are kept, in days.</summary>
    public required int LogRetentionDays { get; init; }

    /// <summary>MB, 256 to 10,240. Lambda gives processor time by memory: 1,769 MB is one vCPU (Lambda developer guide, "Configure
    /// memory", read 2026-11). The specification's 384 MB are a fifth of one, so that an embedding of 25 ms would take 115. Default: 1,769.</summary>
    public int MemoryMb { get; init; } = 1_769;

    /// <summary>Environments kept warm, 1 to <see cref="MostWarm"/>. Each costs by the second whether used or not. Default: 1.</summary>
    public int LeastWarm { get; init; } = 1;

    /// <summary>Most that scaling and the cold-start runbook may keep warm. Default: 10 (specification W15).</summary>
    public int MostWarm { get; init; } = 10;

    /// <summary>Hours with more; null for none.</summary>
    public BusyHours? Busy { get; init; }
}
