using System.Collections.Immutable;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Identity;

/// <summary>Settings of an <see cref="EncryptionKey"/>.</summary>
public sealed class EncryptionKeyArgs : ResourceArgs
{
    /// <summary>The account, 12 digits. Its IAM policies decide who else may use the key.</summary>
    public required string AccountId { get; init; }

    /// <summary>Alias without the prefix <c>alias/</c>, e.g. <c>akidb-prod-us-east-1/logs</c>.</summary>
    public required string Alias { get; init; }

    /// <summary>What the key is for, one sentence.</summary>
    public required string Purpose { get; init; }

    /// <summary>Statements beyond the account's own, e.g. for CloudWatch Logs. Their resource is <c>*</c>, which in a key
    /// policy means this key (KMS developer guide, "Key policies", read 2026-11).</summary>
    public ImmutableArray<PolicyStatement> Statements { get; init; } = [];
}

/// <summary>A customer-managed KMS key with yearly rotation, an alias, and 30 days to change one's mind about deleting it.</summary>
public sealed class EncryptionKey : ComponentResource
{
    /// <summary>Declares the key.</summary>
    public EncryptionKey(string name, EncryptionKeyArgs args, ComponentResourceOptions? options = null)
        : base("akidb:identity:EncryptionKey", name, args, options)
    {
        var key = new Aws.Kms.Key(name, new Aws.Kms.KeyArgs
        {
            Description = args.Purpose,
            EnableKeyRotation = true,
            DeletionWindowInDays = 30,
            Policy = PolicyDocument.Json([AccountStatement(args.AccountId), .. args.Statements]),
        }, new CustomResourceOptions { Parent = this });
        _ = new Aws.Kms.Alias($"{name}-alias", new Aws.Kms.AliasArgs
        {
            Name = $"alias/{args.Alias}",
            TargetKeyId = key.KeyId,
        }, new CustomResourceOptions { Parent = this });

        Arn = key.Arn;
        RegisterOutputs(new Dictionary<string, object?> { ["arn"] = Arn });
    }

    /// <summary>ARN of the key.</summary>
    public Output<string> Arn { get; }

    /// <summary>Lets CloudWatch Logs of one region encrypt this account's log groups
    /// (CloudWatch Logs user guide, "Encrypt log data", read 2026-11).</summary>
    public static PolicyStatement ForLogs(string accountId, string region) => new()
    {
        Sid = "EncryptLogs",
        Actions = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        Resources = { "*" },
        Principals = [PolicyPrincipal.Service($"logs.{region}.amazonaws.com")],
        Conditions =
        [
            new PolicyCondition("ArnLike", "kms:EncryptionContext:aws:logs:arn", $"arn:aws:logs:{region}:{accountId}:log-group:*"),
        ],
    };

    /// <summary>The policy of a key that only the account's own IAM policies decide about.</summary>
    internal static Output<string> AccountPolicy(string accountId) => PolicyDocument.Json(AccountStatement(accountId));

    // Without it nobody could ever change the key again; with it IAM policies decide, as everywhere else.
    internal static PolicyStatement AccountStatement(string accountId) => new()
    {
        Sid = "AccountDecides",
        Actions = ["kms:*"],
        Resources = { "*" },
        Principals = [PolicyPrincipal.Aws($"arn:aws:iam::{accountId}:root")],
    };
}
