using System.Collections.Immutable;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Diff;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Tests.Plan.Diff;

public sealed class PlanDiffTests
{
    private const string Bucket = "aws:s3/bucket:Bucket";

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 150)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Between_APlanAndItself_IsEmpty(int seed)
    {
        var plan = new RandomPlans(seed).Plan();

        PlanDiff.Between(plan, new RandomPlans(seed).Plan()).IsEmpty.Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Between_APlanAndAChangedOne_GivesTheOneFromTheOtherBothWays(int seed)
    {
        var plans = new RandomPlans(seed);
        var before = plans.Plan();
        var after = plans.Mutation(before);

        var diff = PlanDiff.Between(before, after);

        Apply(before, diff.Resources).Should().Equal(after.Resources.Select(Essence));
        Apply(after, [.. diff.Resources.Select(change => change.Reverse())]).Should().Equal(before.Resources.Select(Essence));
        DiffApplication.Apply(before.Outputs, diff.Outputs).Should().Be(after.Outputs);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Between_EveryChange_StandsWhereItSays(int seed)
    {
        var plans = new RandomPlans(seed);
        var before = plans.Plan();

        foreach (var change in PlanDiff.Between(before, plans.Mutation(before)).Resources)
        {
            foreach (var property in change.Properties.Where(property => property.Part == ResourcePart.Inputs))
            {
                (property.BeforePath is null ? null : change.Before!.Input(property.BeforePath)).Should().Be(property.Before);
                (property.AfterPath is null ? null : change.After!.Input(property.AfterPath)).Should().Be(property.After);
                property.Before.Should().NotBe(property.After);
            }
        }
    }

    [Fact]
    public void Between_OneItemPutInFront_IsOneAddition()
    {
        var change = Only("""{"list": ["a", "b", "c"]}""", """{"list": ["x", "a", "b", "c"]}""");

        (change.Kind, change.AfterPath, change.After).Should().Be((ChangeKind.Added, "list[0]", new TextValue("x")));
    }

    [Fact]
    public void Between_ItemOfANameBehindANewOne_IsComparedWithItself()
    {
        var changes = Changes(
            """{"env": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]}""",
            """{"env": [{"name": "C", "value": "0"}, {"name": "A", "value": "1"}, {"name": "D", "value": "4"}, {"name": "B", "value": "3"}]}""");

        changes.Select(change => (change.Kind, change.Path)).Should().Equal(
            (ChangeKind.Added, "env[0]"), (ChangeKind.Added, "env[2]"), (ChangeKind.Changed, "env[3].value"));
    }

    [Fact]
    public void Between_EqualListsWithOneItemChanged_GivesTheInnermostProperty() =>
        Only("""{"rules": [{"port": 80}, {"port": 443, "open": true}]}""", """{"rules": [{"port": 80}, {"port": 443, "open": false}]}""")
            .Path.Should().Be("rules[1].open");

    [Fact]
    public void Between_AResourceOnlyInOne_IsAddedOrRemoved()
    {
        var (with, without) = (new HandMadePlan(), new HandMadePlan());
        with.Add(Bucket, "models");

        PlanDiff.Between(without.Build(), with.Build()).Resources.Should().ContainSingle().Which.Kind.Should().Be(ChangeKind.Added);
        PlanDiff.Between(with.Build(), without.Build()).Resources.Should().ContainSingle().Which.Kind.Should().Be(ChangeKind.Removed);
    }

    [Fact]
    public void Between_AUrnThatComesTwice_IsComparedInOrder()
    {
        var plan = new HandMadePlan();
        plan.Add(Bucket, "twin", inputs: """{"a": 1}""");
        plan.Add(Bucket, "twin", inputs: """{"a": 2}""");

        PlanDiff.Between(plan.Build(), plan.Build()).IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void Between_UnknownOfAnEnginesPlan_IsNoDifferenceFromAStandIn()
    {
        var (offline, engine) = (new HandMadePlan(), new HandMadePlan { Source = PlanSource.PulumiPreview });
        offline.Add(Bucket, "b", inputs: """{"vpcId": "vpc-1", "size": 1}""");
        engine.Add(Bucket, "b", inputs: """{"vpcId": {"$plan": "unknown"}, "size": 2}""");

        PlanDiff.Between(offline.Build(), engine.Build()).Resources.Should().ContainSingle()
            .Which.Properties.Should().ContainSingle().Which.Path.Should().Be("size");
    }

    [Fact]
    public void Expand_APolicyAsJsonText_GivesWhatChangedInside()
    {
        var change = Only(
            """{"policy": "{\"Statement\": [{\"Action\": \"s3:GetObject\", \"Effect\": \"Allow\"}]}"}""",
            """{"policy": "{\"Statement\": [{\"Action\": \"s3:*\", \"Effect\": \"Allow\"}]}"}""");

        JsonTextChange.Expand(change, PlanDiff.Between(new HandMadePlan().Build(), new HandMadePlan().Build()).Correspondence)
            .Should().ContainSingle().Which.Path.Should().Be("policy.Statement[0].Action");
    }

    [Theory]
    [InlineData("{\"a\": 1}", "{ \"a\":1 }")]
    [InlineData("{\"a\": 1}", "{ no json")]
    [InlineData("{\"a\": 1}", "{\"a\": 1, \"a\": 2}")]
    public void Expand_NothingInsideToTell_GivesTheTextItself(string before, string after)
    {
        var change = new PropertyChange(ResourcePart.Inputs, "text", "text", new TextValue(before), new TextValue(after));

        JsonTextChange.Expand(change, PlanDiff.Between(new HandMadePlan().Build(), new HandMadePlan().Build()).Correspondence).Should().Equal(change);
    }

    private static PropertyChange Only(string before, string after) => Changes(before, after).Should().ContainSingle().Subject;

    private static ImmutableArray<PropertyChange> Changes(string before, string after)
    {
        var (old, @new) = (new HandMadePlan(), new HandMadePlan());
        old.Add(Bucket, "b", inputs: before);
        @new.Add(Bucket, "b", inputs: after);
        return PlanDiff.Between(old.Build(), @new.Build()).Resources.Should().ContainSingle().Subject.Properties;
    }

    // What the law is about: URN, inputs and whether it is protected.
    private static (string Urn, PlanValue Inputs, bool Protect) Essence(PlannedResource resource) =>
        (resource.Urn.ToString(), resource.Inputs, resource.Options.Protect);

    private static IEnumerable<(string Urn, PlanValue Inputs, bool Protect)> Apply(StackPlan plan, IReadOnlyCollection<ResourceChange> changes)
    {
        var gone = changes.Where(change => change.Kind == ChangeKind.Removed).Select(change => change.Before!.Urn).ToHashSet();
        var changed = changes.Where(change => change.Kind == ChangeKind.Changed).ToDictionary(change => change.Before!.Urn);
        return plan.Resources.Where(resource => !gone.Contains(resource.Urn))
            .Select(resource => changed.TryGetValue(resource.Urn, out var change) ? Apply(resource, change) : Essence(resource))
            .Concat(changes.Where(change => change.Kind == ChangeKind.Added).Select(change => Essence(change.After!)))
            .OrderBy(resource => resource.Urn, StringComparer.Ordinal);
    }

    private static (string Urn, PlanValue Inputs, bool Protect) Apply(PlannedResource resource, ResourceChange change)
    {
        var protect = change.Properties.FirstOrDefault(property => property is { Part: ResourcePart.Options, Path: "protect" });
        return (
            resource.Urn.ToString(),
            DiffApplication.Apply(resource.Inputs, [.. change.Properties.Where(property => property.Part == ResourcePart.Inputs)]),
            protect is null ? resource.Options.Protect : protect.After is not null);
    }
}
