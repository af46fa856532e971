using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Diff;

namespace AkiDb.Infra.Tests.Plan.Diff;

public sealed class CorrespondenceTests
{
    [Theory]
    [InlineData("akidb-prod-us-east-1", "akidb-staging-us-east-1")]
    [InlineData("urn:pulumi:prod::akidb::x", "urn:pulumi:staging::akidb::x")]
    [InlineData("arn:aws:iam::111111111111:role/a", "arn:aws:iam::222222222222:role/a")]
    [InlineData("10.16.64.0/18", "10.80.64.0/18")]
    [InlineData("from 10.16.0.9 to prod", "from 10.80.0.9 to staging")]
    [InlineData("equal", "equal")]
    [InlineData("prod", "prod")]
    public void AreSame_WhatCorresponds_IsTrue(string before, string after) => Between().AreSame(before, after).Should().BeTrue();

    [Theory]
    [InlineData("akidb-prod", "akidb-prod-2")]
    [InlineData("production", "stagingion")]
    [InlineData("akidb-staging", "akidb-prod")]
    [InlineData("arn:aws:iam::111111111111:role/a", "arn:aws:iam::333333333333:role/a")]
    [InlineData("10.16.64.0/18", "10.80.128.0/18")]
    [InlineData("10.16.64.0/18", "10.80.64.0/19")]
    [InlineData("10.17.0.1", "10.81.0.1")]
    [InlineData("1.10.16.0.1", "1.10.80.0.1")]
    public void AreSame_RealDifferences_IsFalse(string before, string after) => Between().AreSame(before, after).Should().BeFalse();

    [Fact]
    public void Names_OfTwoEnvironments_AreAllTold() =>
        Between().Names.Select(name => name.ToString()).Should().Equal(
            new RecognisedName("stack", "prod", "staging").ToString(),
            new RecognisedName("account", "111111111111", "222222222222").ToString(),
            new RecognisedName("network vpc", "10.16.0.0/16", "10.80.0.0/16").ToString());

    [Fact]
    public void AreSame_OfOneStack_IsOnlyEquality()
    {
        var correspondence = Correspondence.Between(Environment("prod", "111111111111", "10.16.0.0/16"), Environment("prod", "222222222222", "10.80.0.0/16"));

        correspondence.AreSame("10.16.64.0/18", "10.80.64.0/18").Should().BeFalse();
        correspondence.Names.Should().BeEmpty();
    }

    [Fact]
    public void AreSame_NetworkOfAnotherSize_DoesNotCorrespond() =>
        Correspondence.Between(Environment("prod", "111111111111", "10.16.0.0/16"), Environment("staging", "222222222222", "10.80.0.0/20"))
            .AreSame("10.16.1.0/24", "10.80.1.0/24").Should().BeFalse();

    [Fact]
    public void AreSame_NameThatIsAlsoAnotherWord_IsReadInItsPlace() =>
        // "dev" is an environment and a folder; the folder is the same in both.
        Correspondence.Between(Environment("dev", "111111111111", "10.16.0.0/16"), Environment("prod", "222222222222", "10.80.0.0/16"))
            .AreSame("akidb-dev /dev/xvda", "akidb-prod /dev/xvda").Should().BeTrue();

    [Fact]
    public void Between_ResourceAndKeysNamedAfterTheEnvironment_AreTheSameOnes()
    {
        var (prod, staging) = (new HandMadePlan("prod"), new HandMadePlan("staging"));
        prod.Add("aws:s3/bucket:Bucket", "prod-logs", inputs: """{"tags": {"cluster/akidb-prod": "owned"}}""");
        staging.Add("aws:s3/bucket:Bucket", "staging-logs", inputs: """{"tags": {"cluster/akidb-staging": "owned"}}""");

        PlanDiff.Between(prod.Build(), staging.Build()).IsEmpty.Should().BeTrue();
    }

    private static Correspondence Between() =>
        Correspondence.Between(Environment("prod", "111111111111", "10.16.0.0/16"), Environment("staging", "222222222222", "10.80.0.0/16"));

    private static StackPlan Environment(string stack, string account, string block)
    {
        var plan = new HandMadePlan(stack);
        plan.Add("pulumi:providers:aws", "aws", inputs: $$"""{"allowedAccountIds": "[ \"{{account}}\" ]"}""");
        plan.Add("aws:ec2/vpc:Vpc", "vpc", inputs: $$"""{"cidrBlock": "{{block}}"}""");
        return plan.Build();
    }
}
