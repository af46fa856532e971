namespace AkiDb.Infra.Tests.Policies.Cases;

public sealed class ComputeCases : IRuleCases
{
    private const string Template = "aws:ec2/launchTemplate:LaunchTemplate";

    public IEnumerable<RuleCase> Cases =>
    [
        RuleCase.One("instance-metadata-v2", Template, "metadataOptions: {httpTokens: required}", "metadataOptions: {httpTokens: optional}"),
        RuleCase.One("instance-metadata-hop-limit", Template, "metadataOptions: {httpPutResponseHopLimit: 1}", "metadataOptions: {httpPutResponseHopLimit: 2}"),
        RuleCase.One("ebs-encrypted", Template,
            "blockDeviceMappings: [{deviceName: /dev/xvda, ebs: {encrypted: 'true'}}]", "blockDeviceMappings: [{ebs: {encrypted: true}}, {ebs: {volumeSize: 9}}]"),
        RuleCase.One("ebs-customer-key", "aws:ec2/volume:Volume", "kmsKeyId: arn", "encrypted: true"),
        RuleCase.One("stores-encrypted", "aws:rds/cluster:Cluster", "storageEncrypted: true", "engine: aurora"),
    ];
}
