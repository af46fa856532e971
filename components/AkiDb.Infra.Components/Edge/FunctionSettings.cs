using System.Collections.Immutable;
using Pulumi;

namespace AkiDb.Infra.Components.Edge;

/// <summary>Processor of a Lambda function.</summary>
public enum FunctionArchitecture
{
    /// <summary>Intel and AMD; the only one at the edge.</summary>
    X64,

    /// <summary>Graviton: a fifth cheaper a GB-second.</summary>
    Arm64,
}

/// <summary>How a Lambda function is set up, in a region or at the edge. The edge takes few of these: <see cref="EdgeRestrictions"/>.</summary>
public sealed record FunctionSettings
{
    /// <summary>Identifier of a managed runtime, e.g. <c>nodejs22.x</c>; null for a container.</summary>
    public string? Runtime { get; init; }

    /// <summary>Default: x64.</summary>
    public FunctionArchitecture Architecture { get; init; } = FunctionArchitecture.X64;

    /// <summary>MB, 128 to 10,240. Default: 128.</summary>
    public int MemoryMb { get; init; } = 128;

    /// <summary>Longest run, 1 s to 15 min. Default: 5 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Disk under <c>/tmp</c>, MB, 512 to 10,240. Default: 512.</summary>
    public int EphemeralStorageMb { get; init; } = 512;

    /// <summary>Environment variables. Default: none.</summary>
    public ImmutableSortedDictionary<string, Input<string>> Environment { get; init; } = ImmutableSortedDictionary<string, Input<string>>.Empty;

    /// <summary>Layers by ARN. Default: none.</summary>
    public ImmutableArray<string> Layers { get; init; } = [];

    /// <summary>Subnets it is attached to. Default: none.</summary>
    public ImmutableArray<string> SubnetIds { get; init; } = [];

    /// <summary>Container image by digest; null for a package of files.</summary>
    public string? ImageUri { get; init; }

    /// <summary>Where failed asynchronous runs go, by ARN; null for nowhere.</summary>
    public string? DeadLetterArn { get; init; }

    /// <summary>Record runs in X-Ray. Default: no.</summary>
    public bool TracesWithXRay { get; init; }

    /// <summary>Environments kept warm (provisioned concurrency). Default: 0.</summary>
    public int WarmEnvironments { get; init; }

    /// <summary>KMS key of ours for package and variables; null for AWS' own.</summary>
    public string? KeyArn { get; init; }

    /// <summary>EFS access point that is mounted; null for none.</summary>
    public string? FileSystemArn { get; init; }

    /// <summary>Start from a snapshot of an initialised environment. Default: no.</summary>
    public bool StartsFromSnapshot { get; init; }
}
