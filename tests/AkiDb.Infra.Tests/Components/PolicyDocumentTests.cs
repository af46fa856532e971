using AkiDb.Infra.Components.Identity;
using AkiDb.TestKit;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Tests.Components;

public sealed class PolicyDocumentTests
{
    [Fact]
    public async Task Json_StatementWithEverything_HasAwsShape()
    {
        var plan = await ProgramPlan.OfAsync(() => _ = new Aws.Iam.Policy("p", new Aws.Iam.PolicyArgs
        {
            PolicyDocument = PolicyDocument.Json(
                new PolicyStatement
                {
                    Sid = "One",
                    Actions = ["s3:GetObject", "s3:PutObject"],
                    Resources = { Output.Create("arn:aws:s3:::b/*") },
                    Principals = [PolicyPrincipal.Service("a.amazonaws.com", "b.amazonaws.com"), PolicyPrincipal.Aws("arn:aws:iam::1:root")],
                    Conditions =
                    [
                        new PolicyCondition("StringEquals", "aws:SourceAccount", "1"),
                        new PolicyCondition("StringEquals", "aws:RequestedRegion", new[] { "us-east-1", "eu-central-1" }),
                        new PolicyCondition("Bool", "aws:SecureTransport", "true"),
                    ],
                },
                new PolicyStatement { Sid = "Two", Effect = PolicyEffect.Deny, Actions = ["s3:*"], Principals = [PolicyPrincipal.Everyone] }),
        }));

        // Single quotes for reading's sake.
        plan.Only("aws:iam/policy:Policy").Text("policy").Should().Be((
            "{'Version':'2012-10-17','Statement':["
            + "{'Sid':'One','Effect':'Allow','Principal':{'Service':['a.amazonaws.com','b.amazonaws.com'],'AWS':'arn:aws:iam::1:root'},"
            + "'Action':['s3:GetObject','s3:PutObject'],'Resource':'arn:aws:s3:::b/*',"
            + "'Condition':{'StringEquals':{'aws:SourceAccount':'1','aws:RequestedRegion':['us-east-1','eu-central-1']},'Bool':{'aws:SecureTransport':'true'}}},"
            + "{'Sid':'Two','Effect':'Deny','Principal':'*','Action':'s3:*'}]}").Replace('\'', '"'));
    }
}
