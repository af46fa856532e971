using System.Collections.Immutable;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Tests.Plan.Diff;

/// <summary>Made-up plans and made-up changes of them; the same seed gives the same.</summary>
internal sealed class RandomPlans(int seed)
{
    private static readonly string[] Keys = ["name", "tags", "a.b", "size", "rules", "key", "id"];
    private static readonly string[] Texts = ["", "one", "two", "10.0.0.0/8", "{\"a\": 1}", "test", "ü <b>"];

    private readonly Random _random = new(seed);

    public StackPlan Plan() => new()
    {
        Project = "akidb",
        Stack = "test",
        Source = PlanSource.OfflineEvaluation,
        Outputs = Map(2),
        Notices = [.. Enumerable.Range(0, _random.Next(3)).Select(index => $"note {index}")],
        Resources = Sorted(Enumerable.Range(0, _random.Next(1, 12)).Select(index => Resource($"r{index}"))),
    };

    /// <summary>A plan that differs in a few places: resources gone, new or changed.</summary>
    public StackPlan Mutation(StackPlan plan)
    {
        var kept = plan.Resources.Where(_ => _random.Next(6) > 0)
            .Select(resource => _random.Next(2) == 0 ? resource : resource with
            {
                Inputs = (MapValue)Mutation(resource.Inputs),
                Options = _random.Next(4) == 0 ? resource.Options with { Protect = !resource.Options.Protect } : resource.Options,
                Dependencies = _random.Next(4) == 0 ? [$"urn:pulumi:test::akidb::a:b:C::d{_random.Next(3)}"] : resource.Dependencies,
            });
        return plan with
        {
            Resources = Sorted(kept.Concat(Enumerable.Range(0, _random.Next(3)).Select(index => Resource($"new{index}")))),
            Outputs = (MapValue)Mutation(plan.Outputs),
            Notices = _random.Next(2) == 0 ? plan.Notices : plan.Notices.Add("new note"),
        };
    }

    public MapValue Map(int depth) => MapValue.From(Keys.Where(_ => _random.Next(2) == 0).Select(key => KeyValuePair.Create(key, Value(depth - 1))));

    public PlanValue Mutation(PlanValue value) => value switch
    {
        MapValue map => new MapValue(map.Entries
            .RemoveRange(map.Entries.Keys.Where(_ => _random.Next(8) == 0))
            .SetItems(map.Entries.Where(_ => _random.Next(4) == 0).Select(entry => KeyValuePair.Create(entry.Key, Mutation(entry.Value))))
            .SetItems(_random.Next(3) == 0 ? [KeyValuePair.Create(Keys[_random.Next(Keys.Length)], Value(1))] : [])),
        ListValue list => Mutation(list),
        _ => _random.Next(3) == 0 ? Value(1) : value,
    };

    private ListValue Mutation(ListValue list)
    {
        var items = list.Items.Select(item => _random.Next(4) == 0 ? Mutation(item) : item).Where(_ => _random.Next(6) > 0).ToList();
        for (var count = _random.Next(3); count > 0; count--)
            items.Insert(_random.Next(items.Count + 1), Value(1));
        return new ListValue([.. items]);
    }

    private PlanValue Value(int depth) => _random.Next(depth > 0 ? 11 : 8) switch
    {
        0 => new BooleanValue(_random.Next(2) == 0),
        1 => new NumberValue(_random.Next(5)),
        2 => NullValue.Instance,
        3 => SecretValue.Instance,
        4 => UnknownValue.Instance,
        5 => new AssetValue("text", Texts[_random.Next(Texts.Length)]),
        6 or 7 => new TextValue(Texts[_random.Next(Texts.Length)]),
        8 => Map(depth),
        _ => new ListValue([.. Enumerable.Range(0, _random.Next(6)).Select(_ => Value(depth - 1))]),
    };

    private PlannedResource Resource(string name) => new()
    {
        Urn = ResourceUrn.Root("test", "akidb").Child(_random.Next(2) == 0 ? "aws:s3/bucket:Bucket" : "akidb:x:Y", name),
        IsCustom = _random.Next(4) > 0,
        Parent = ResourceUrn.Root("test", "akidb").ToString(),
        Region = _random.Next(2) == 0 ? "us-east-1" : null,
        Inputs = Map(3),
    };

    private static ImmutableArray<PlannedResource> Sorted(IEnumerable<PlannedResource> resources) =>
        [.. resources.DistinctBy(resource => resource.Urn).OrderBy(resource => resource.Urn.ToString(), StringComparer.Ordinal)];
}
