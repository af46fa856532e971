using System.Collections.Immutable;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Identity;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;

namespace AkiDb.Infra.Components.Observability;

/// <summary>One runbook: what it is told and what it may do, and nothing else.</summary>
/// <param name="Name">One of <see cref="RunbookNames"/>.</param>
/// <param name="Arguments">Limits that hold whatever the message says.</param>
internal sealed record Runbook(string Name, string[] Arguments)
{
    /// <summary>The most warm environments that the specification lets the runbook set (W15, "Max 10 units").</summary>
    private const int MostWarm = 10;

    /// <summary>What it may do in AWS beside its queue and the audit trail.</summary>
    public ImmutableArray<PolicyStatement> Permissions { get; init; } = [];

    /// <summary>What it may do in its cluster.</summary>
    public PolicyRuleArgs[] Rights { get; init; } = [];

    /// <summary>The runbooks of the specification (W15, "Runbook Automation").</summary>
    public static ImmutableArray<Runbook> Of(RunbooksArgs args)
    {
        var (region, account) = (args.Settings.Region, args.Settings.AccountId);
        return
        [
            new Runbook(RunbookNames.EdgeColdStarts, ["--function", args.WarmFunction, "--alias", "warm", "--factor", "2", "--most", $"{MostWarm}"])
            {
                Permissions =
                [
                    new PolicyStatement
                    {
                        Sid = "WarmMore",
                        Actions = ["lambda:GetProvisionedConcurrencyConfig", "lambda:PutProvisionedConcurrencyConfig"],
                        // The alias alone: neither $LATEST nor a version by number can be warmed by it.
                        Resources = { $"arn:aws:lambda:{region}:{account}:function:{args.WarmFunction}:warm" },
                    },
                ],
            },
            new Runbook(RunbookNames.SpotCascade, ["--minimum", "3", "--maximum", "10", "--desired", "5"])
            {
                Permissions =
                [
                    new PolicyStatement
                    {
                        Sid = "MoreOnDemandNodes",
                        Actions = ["eks:DescribeNodegroup", "eks:UpdateNodegroupConfig"],
                        Resources = { args.Settings.ClusterName.Apply(cluster => $"arn:aws:eks:{region}:{account}:nodegroup/{cluster}/*/*") },
                    },
                    new PolicyStatement
                    {
                        Sid = "FindTheNodeGroup",
                        Actions = ["eks:ListNodegroups"],
                        Resources = { args.Settings.ClusterArn },
                    },
                ],
            },
            new Runbook(RunbookNames.ForecastFalsePositives, ["--switch", ServiceNames.PredictiveAutoscaler])
            {
                Rights =
                [
                    new PolicyRuleArgs
                    {
                        ApiGroups = { "" },
                        Resources = { "configmaps" },
                        ResourceNames = { ServiceNames.PredictiveAutoscaler },
                        Verbs = { "get", "patch" },
                    },
                ],
            },
        ];
    }
}
