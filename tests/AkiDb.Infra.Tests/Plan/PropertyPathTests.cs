using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Tests.Plan;

public sealed class PropertyPathTests
{
    [Theory]
    [InlineData("vpcConfig.subnetIds[1]", "subnet-b")]
    [InlineData("tags[\"a.b/c\"]", "dotted")]
    [InlineData("list[0].name", "first")]
    public void At_PathToAValue_GivesIt(string path, string expected)
    {
        var value = Sample();

        value.At(path).Should().Be(new TextValue(expected));
    }

    [Theory]
    [InlineData("vpcConfig.nothing")]
    [InlineData("vpcConfig.subnetIds[7]")]
    [InlineData("vpcConfig.subnetIds.key")]
    public void At_PathToNothing_GivesNull(string path) => Sample().At(path).Should().BeNull();

    [Fact]
    public void At_BelowAnUnknown_IsUnknown() => Sample().At("later.anything[3]").Should().Be(UnknownValue.Instance);

    [Fact]
    public void Append_AnyKeys_StepsGiveThemBack()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var keys = Enumerable.Range(0, random.Next(1, 5))
                .Select(_ => new string([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => "ab.[]\"/-"[random.Next(8)])]))
                .Where(key => !key.Contains("\"]", StringComparison.Ordinal)).ToList();
            var path = keys.Aggregate("", PropertyPath.Append);

            PropertyPath.Steps(path).Select(step => step.Key).Should().Equal(keys, $"the path is {path}");
        }
    }

    [Theory]
    [InlineData("a[1")]
    [InlineData("a[x]")]
    public void Steps_BrokenPath_SaysWhatIsWrong(string path)
    {
        var read = () => PropertyPath.Steps(path).ToList();

        read.Should().Throw<FormatException>().WithMessage($"*{path}*");
    }

    private static MapValue Sample() => MapValue.From(
    [
        KeyValuePair.Create<string, PlanValue>("vpcConfig", MapValue.From(
        [
            KeyValuePair.Create<string, PlanValue>("subnetIds", new ListValue([new TextValue("subnet-a"), new TextValue("subnet-b")])),
        ])),
        KeyValuePair.Create<string, PlanValue>("tags", MapValue.From([KeyValuePair.Create<string, PlanValue>("a.b/c", new TextValue("dotted"))])),
        KeyValuePair.Create<string, PlanValue>("list", new ListValue(
            [MapValue.From([KeyValuePair.Create<string, PlanValue>("name", new TextValue("first"))])])),
        KeyValuePair.Create<string, PlanValue>("later", UnknownValue.Instance),
    ]);
}
