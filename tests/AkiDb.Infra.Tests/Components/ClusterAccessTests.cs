using System.Collections.Immutable;
using AkiDb.Infra.Components.Cluster;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components;

public sealed class ClusterAccessTests
{
    private const string Deployer = "arn:aws:iam::111122223333:role/akidb-deploy";

    [Fact]
    public async Task Access_EachPrincipal_HasAnEntryAndItsPolicy()
    {
        var plan = await PlanOf((Deployer, ClusterRole.Administrator), ("arn:aws:iam::111122223333:role/team/reader", ClusterRole.Viewer));

        plan.OfType("aws:eks/accessEntry:AccessEntry").Select(entry => entry.Text("principalArn")).Should()
            .BeEquivalentTo(Deployer, "arn:aws:iam::111122223333:role/team/reader");
        plan.OfType("aws:eks/accessPolicyAssociation:AccessPolicyAssociation")
            .ToDictionary(association => association.Text("principalArn"), association => association.Text("policyArn").Split('/')[^1])
            .Should().Equal(new Dictionary<string, string>
            {
                [Deployer] = "AmazonEKSClusterAdminPolicy",
                ["arn:aws:iam::111122223333:role/team/reader"] = "AmazonEKSViewPolicy",
            });
    }

    [Fact]
    public async Task Access_WithoutAdministrator_IsRefused()
    {
        var plan = () => PlanOf((Deployer, ClusterRole.Viewer));

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("at least one administrator");
    }

    [Fact]
    public async Task Access_ForAUser_IsRefused()
    {
        var plan = () => PlanOf((Deployer, ClusterRole.Administrator), ("arn:aws:iam::111122223333:user/alice", ClusterRole.Viewer));

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("user/alice").And.Contain("ARNs of IAM roles");
    }

    private static Task<StackPlan> PlanOf(params (string Arn, ClusterRole Role)[] principals) =>
        ProgramPlan.OfAsync(() => _ = new ClusterAccess("access", new ClusterAccessArgs
        {
            ClusterName = "akidb-test",
            Principals = principals.ToImmutableSortedDictionary(principal => principal.Arn, principal => principal.Role),
        }));
}
