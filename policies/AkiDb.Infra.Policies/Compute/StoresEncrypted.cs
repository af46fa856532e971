using System.Collections.Frozen;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Compute;

/// <summary>Data stores that leave encryption to a switch have it on.</summary>
internal sealed class StoresEncrypted() : ResourceRule([.. Switches.Keys])
{
    private static readonly FrozenDictionary<string, string> Switches = new Dictionary<string, string>
    {
        ["aws:rds/instance:Instance"] = "storageEncrypted",
        ["aws:rds/cluster:Cluster"] = "storageEncrypted",
        ["aws:efs/fileSystem:FileSystem"] = "encrypted",
        ["aws:elasticache/replicationGroup:ReplicationGroup"] = "atRestEncryptionEnabled",
        ["aws:memorydb/cluster:Cluster"] = "tlsEnabled",
        ["aws:opensearch/domain:Domain"] = "encryptAtRest.enabled",
        ["aws:kinesis/stream:Stream"] = "encryptionType",
        ["aws:dax/cluster:Cluster"] = "serverSideEncryption.enabled",
    }.ToFrozenDictionary();

    public override RuleAbout About { get; } = new("stores-encrypted", Severity.High,
        title: "Databases, caches, file systems and streams are encrypted at rest",
        why: "These stores are plain unless they are told otherwise, and cannot be encrypted afterwards without a copy.",
        fix: "Turn on the type's encryption switch before the first deployment.");

    protected override IEnumerable<Finding?> Check(PlannedResource store) => store.Type == "aws:kinesis/stream:Stream"
        ? [store.Must(Switches[store.Type], Is.AnyOf("KMS"), "KMS")]
        : [store.Must(Switches[store.Type], Is.True, "true")];
}
