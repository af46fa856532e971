using System.Text;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Json;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Tests.Plan;

public sealed class PlanJsonTests
{
    [Fact]
    public void Read_WhatWriteWrote_IsTheSamePlan()
    {
        var plan = Sample();

        var read = PlanJson.Read(Write(plan), "plan.json");

        read.Resources.Should().Equal(plan.Resources);
        read.Outputs.Should().Be(plan.Outputs);
        read.Notices.Should().Equal(plan.Notices);
        (read.Project, read.Stack, read.Source).Should().Be((plan.Project, plan.Stack, plan.Source));
    }

    [Fact]
    public void Write_TheSamePlanTwice_GivesTheSameBytes() => Write(Sample()).Should().Equal(Write(Sample()));

    [Fact]
    public void Write_Secret_DoesNotShowIt() =>
        Encoding.UTF8.GetString(Write(Sample())).Should().Contain("\"$plan\": \"secret\"");

    [Theory]
    [InlineData("{\"planVersion\": 99}", "planVersion is 99")]
    [InlineData("{}", "neither 'planVersion'")]
    [InlineData("[1]", "neither 'planVersion'")]
    [InlineData("{ not json", "is not a plan")]
    [InlineData("{\"planVersion\": 1, \"project\": \"p\"}", "'stack' is missing; want a text")]
    [InlineData("{\"planVersion\": 1}", "'project' is missing; want a text")]
    [InlineData("{\"planVersion\": 1, \"project\": 5}", "'project' is 5; want a text")]
    [InlineData("{\"planVersion\": 1, \"project\": \"p\", \"stack\": \"s\", \"source\": \"x\"}", "'source' is x; want one of")]
    [InlineData("{\"planVersion\": 1, \"project\": \"p\", \"stack\": \"s\", \"source\": \"pulumiPreview\", \"resources\": [5]}", "5 stands where an object with 'urn' should")]
    [InlineData("{\"steps\": [{}]}", "'op' is missing; want a text")]
    public void Read_NoPlan_SaysWhatWasFound(string text, string expected)
    {
        var read = () => PlanJson.Read(Encoding.UTF8.GetBytes(text), "broken.json");

        read.Should().Throw<FormatException>().WithMessage("broken.json is not a plan*").And.Message.Should().Contain(expected);
    }

    private static byte[] Write(StackPlan plan)
    {
        using var stream = new MemoryStream();
        PlanJson.Write(stream, plan);
        return stream.ToArray();
    }

    private static StackPlan Sample() => new()
    {
        Project = "akidb",
        Stack = "test",
        Source = PlanSource.PulumiPreview,
        Notices = ["left out: router"],
        Outputs = MapValue.From([KeyValuePair.Create<string, PlanValue>("endpoint", new TextValue("https://example.com/?a=1&b=<2>"))]),
        Resources =
        [
            new PlannedResource { Urn = ResourceUrn.Root("test", "akidb"), IsCustom = false },
            new PlannedResource
            {
                Urn = ResourceUrn.Root("test", "akidb").Child("akidb:x:Y", "parent").Child("aws:s3/bucket:Bucket", "child::odd"),
                IsCustom = true,
                Parent = "urn:pulumi:test::akidb::akidb:x:Y::parent",
                Provider = "urn:pulumi:test::akidb::pulumi:providers:aws::us-east-1",
                Region = "us-east-1",
                Dependencies = ["urn:pulumi:test::akidb::a:b:C::d"],
                Options = new PlannedOptions { Protect = true, IgnoreChanges = ["tags"] },
                Inputs = MapValue.From(
                [
                    KeyValuePair.Create<string, PlanValue>("secret", SecretValue.Instance),
                    KeyValuePair.Create<string, PlanValue>("unknown", UnknownValue.Instance),
                    KeyValuePair.Create<string, PlanValue>("asset", new AssetValue("text", "exports.handler = 1")),
                    KeyValuePair.Create<string, PlanValue>("reference", new ReferenceValue("urn:pulumi:test::akidb::a:b:C::d")),
                    KeyValuePair.Create<string, PlanValue>("clash", MapValue.From([KeyValuePair.Create<string, PlanValue>("$plan", new TextValue("x"))])),
                    KeyValuePair.Create<string, PlanValue>("mixed", new ListValue(
                        [new NumberValue(1), new NumberValue(0.5), new BooleanValue(true), NullValue.Instance, new TextValue("é")])),
                ]),
            },
        ],
    };
}
