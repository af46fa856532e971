using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AkiDb.Infra.Components;
using AkiDb.Infra.Components.Cluster;
using AkiDb.Infra.Components.Network;

namespace AkiDb.Infra.Stacks.Settings;

/// <summary>What the clusters of an environment have in common.</summary>
public sealed partial record ClusterSettings
{
    // In standard support on 2026-11-22, as far as Karpenter 1.14's compatibility table names them.
    private static readonly ImmutableArray<string> Versions = ["1.33", "1.34", "1.35", "1.36"];

    /// <summary>Kubernetes version.</summary>
    public required string Version { get; init; }

    /// <summary>Default: standard.</summary>
    public required ClusterSupport Support { get; init; }

    /// <summary>Who reaches the public endpoint. Default: nobody, the endpoint is off.</summary>
    public required ImmutableArray<CidrBlock> PublicAccessBlocks { get; init; }

    /// <summary>Days. Default: 90.</summary>
    public required int LogRetentionDays { get; init; }

    /// <summary>Default: on.</summary>
    public required bool DeletionProtection { get; init; }

    /// <summary>Who gets in, by role ARN.</summary>
    public required ImmutableSortedDictionary<string, ClusterRole> Principals { get; init; }

    /// <summary>Add-on versions that are pinned.</summary>
    public required ImmutableDictionary<string, string> AddonVersions { get; init; }

    /// <param name="reader">Where from.</param>
    /// <param name="accountId">The environment's account; null where that setting is wrong itself.</param>
    internal static ClusterSettings Read(SettingsReader reader, string? accountId)
    {
        var settings = new ClusterSettings
        {
            Version = reader.Text("version", Versions.Contains, $"one of {string.Join(", ", Versions)}, in quotes", "'1.35'"),
            Support = reader.Choice("support", ClusterSupport.Standard),
            PublicAccessBlocks = [.. reader.Texts("publicAccessCidrs", IsNarrow, "IPv4 networks of /8 or smaller", "203.0.113.0/24")
                .Select(text => CidrBlock.TryParse(text, out var block, out _) ? block : default)],
            LogRetentionDays = reader.WholeOf("logRetentionDays", LogRetention.AllowedDays, 90),
            DeletionProtection = reader.Flag("deletionProtection", true),
            Principals = ReadPrincipals(reader, accountId),
            AddonVersions = reader.Map("addonVersions",
                (addon, version) => ClusterAddons.AddonNames.Contains(addon) && AddonVersion().IsMatch(version),
                $"versions of {string.Join(", ", ClusterAddons.AddonNames)}", "{ coredns: v1.12.4-eksbuild.1 }").ToImmutableDictionary(),
        };
        reader.RefuseUnknownKeys();
        return settings;
    }

    private static ImmutableSortedDictionary<string, ClusterRole> ReadPrincipals(SettingsReader reader, string? accountId)
    {
        const string allowed = "ARNs of IAM roles";
        const string example = "arn:aws:iam::111122223333:role/akidb-deploy";
        var administrators = reader.Texts("administrators", RoleArn().IsMatch, allowed, example);
        var viewers = reader.Texts("viewers", RoleArn().IsMatch, allowed, example);
        if (administrators.IsEmpty)
            reader.Problem("administrators", null, "at least the role that deploys; nobody else could reach the cluster", $"[{example}]");
        // EKS admits roles of other accounts too, but whoever deploys has credentials of this one: the providers refuse any other.
        if (accountId is not null && !administrators.IsEmpty && administrators.All(arn => RoleArn().IsMatch(arn) && AccountOf(arn) != accountId))
        {
            reader.Problem("administrators", string.Join(", ", administrators),
                $"a role of account {accountId} (akidb:accountId) among them, the one that deploys; nobody of it could reach the cluster",
                $"[arn:aws:iam::{accountId}:role/akidb-deploy]");
        }

        foreach (var twice in viewers.Intersect(administrators))
            reader.Problem("viewers", twice, "roles that are not administrators already", "remove the line");

        var principals = ImmutableSortedDictionary.CreateBuilder<string, ClusterRole>(StringComparer.Ordinal);
        foreach (var viewer in viewers)
            principals[viewer] = ClusterRole.Viewer;
        foreach (var administrator in administrators)
            principals[administrator] = ClusterRole.Administrator;
        return principals.ToImmutable();
    }

    private static string AccountOf(string arn) => arn.Split(':')[4];

    private static bool IsNarrow(string text) => CidrBlock.TryParse(text, out var block, out _) && block.PrefixLength >= 8;

    [GeneratedRegex(@"^arn:aws:iam::[0-9]{12}:role/[\w+=,.@/-]{1,128}$")]
    private static partial Regex RoleArn();

    [GeneratedRegex(@"^v[0-9]+\.[0-9]+\.[0-9]+-eksbuild\.[0-9]+$")]
    private static partial Regex AddonVersion();
}
