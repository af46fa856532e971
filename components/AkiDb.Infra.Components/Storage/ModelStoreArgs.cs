using System.Collections.Immutable;
using Pulumi;

namespace AkiDb.Infra.Components.Storage;

/// <summary>A region that holds the models, and the provider that declares things there.</summary>
/// <param name="Region">AWS region, e.g. <c>us-east-1</c>.</param>
/// <param name="Provider">Its AWS provider.</param>
/// <param name="LogBucket">Name of the region's bucket for access logs; null leaves them out.</param>
public sealed record ModelStoreLocation(string Region, ProviderResource Provider, Input<string>? LogBucket = null);

/// <summary>Settings of a <see cref="ModelStore"/>.</summary>
public sealed class ModelStoreArgs : ResourceArgs
{
    /// <summary>The account, 12 digits; part of the bucket names, which are unique in all of AWS.</summary>
    public required string AccountId { get; init; }

    /// <summary>First part of every name, e.g. <c>akidb-prod</c>.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>The first region takes the writes; the others get copies. At least one, none twice.</summary>
    public required ImmutableArray<ModelStoreLocation> Locations { get; init; }

    /// <summary>Days until a model goes to Glacier Instant Retrieval: cheaper to keep, dearer to read, and still read at once,
    /// which a service that starts needs (Flexible Retrieval would take hours). Range 0 to 3650; default 30.</summary>
    public int ColdAfterDays { get; init; } = 30;

    /// <summary>Days that a replaced or deleted version can still be had back. Range 1 to 3650; default 90.</summary>
    public int KeepOldVersionsDays { get; init; } = 90;
}
