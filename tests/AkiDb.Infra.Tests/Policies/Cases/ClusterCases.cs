namespace AkiDb.Infra.Tests.Policies.Cases;

public sealed class ClusterCases : IRuleCases
{
    private const string Cluster = "aws:eks/cluster:Cluster";

    public IEnumerable<RuleCase> Cases =>
    [
        RuleCase.One("eks-public-endpoint-off", Cluster, "vpcConfig: {endpointPublicAccess: false}", "vpcConfig: {endpointPrivateAccess: true}"),
        RuleCase.One("eks-private-endpoint-on", Cluster, "vpcConfig: {endpointPrivateAccess: true}", "vpcConfig: {endpointPrivateAccess: false}"),
        RuleCase.One("eks-public-endpoint-allow-list", Cluster,
            "vpcConfig: {endpointPublicAccess: true, publicAccessCidrs: [203.0.113.0/24]}", "vpcConfig: {endpointPublicAccess: true, publicAccessCidrs: [203.0.113.0/24, 0.0.0.0/1]}"),
        RuleCase.One("eks-control-plane-logs", Cluster,
            "enabledClusterLogTypes: [api, audit, authenticator, controllerManager, scheduler]", "enabledClusterLogTypes: [api, authenticator]"),
        RuleCase.One("eks-secrets-encrypted", Cluster,
            "encryptionConfig: {provider: {keyArn: 'arn:aws:kms:us-east-1:111122223333:key/1'}, resources: [secrets]}", "name: akidb"),
        RuleCase.One("eks-supported-version", Cluster, "version: '1.35'", "version: '1.32'"),
        RuleCase.One("eks-nodes-without-ssh", "aws:eks/nodeGroup:NodeGroup", "clusterName: akidb", "remoteAccess: {ec2SshKey: laptop}"),
        RuleCase.Of("pod-identity-trust",
            plan => plan.Has("aws:iam/role:Role", "role", Trust("[sts:AssumeRole, sts:TagSession]")),
            plan => plan.Has("aws:iam/role:Role", "role", Trust("sts:AssumeRole"))),
    ];

    private static string Trust(string actions) =>
        $"assumeRolePolicy: !json {{Statement: [{{Effect: Allow, Principal: {{Service: pods.eks.amazonaws.com}}, Action: {actions}}}]}}";
}
