using Pulumi;

namespace AkiDb.Infra.Components.Identity;

/// <summary>Who may take a role.</summary>
public static class TrustPolicy
{
    /// <summary>An AWS service, e.g. <c>eks.amazonaws.com</c>.</summary>
    public static Output<string> ForService(string service, params PolicyCondition[] conditions) =>
        PolicyDocument.Json(new PolicyStatement
        {
            Sid = "TrustService",
            Actions = ["sts:AssumeRole"],
            Principals = [PolicyPrincipal.Service(service)],
            Conditions = [.. conditions],
        });

    /// <summary>Pods of one cluster, by EKS Pod Identity. The agent tags the session with cluster, namespace and service
    /// account, hence TagSession (EKS user guide, "Pod Identity role", read 2026-11).</summary>
    /// <param name="accountId">The account, 12 digits.</param>
    /// <param name="clusterArn">Only pods of this cluster.</param>
    public static Output<string> ForPods(string accountId, Input<string> clusterArn) =>
        PolicyDocument.Json(new PolicyStatement
        {
            Sid = "TrustPods",
            Actions = ["sts:AssumeRole", "sts:TagSession"],
            Principals = [PolicyPrincipal.Service("pods.eks.amazonaws.com")],
            Conditions =
            [
                new PolicyCondition("StringEquals", "aws:SourceAccount", accountId),
                new PolicyCondition("ArnEquals", "aws:SourceArn", clusterArn),
            ],
        });
}
