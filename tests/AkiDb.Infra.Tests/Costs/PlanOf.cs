using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Tests.Costs;

/// <summary>Plans made by hand, for what is priced before any component declares it.</summary>
internal static class PlanOf
{
    public const string Region = "us-east-1";

    public static StackPlan Resources(params PlannedResource[] resources) => new()
    {
        Project = "akidb",
        Stack = "test",
        Source = PlanSource.OfflineEvaluation,
        Resources = [.. resources],
    };

    public static PlannedResource Resource(string type, string name = "it", string? region = Region, params (string Key, PlanValue Value)[] inputs) => new()
    {
        Urn = ResourceUrn.Root("test", "akidb").Child(type, name),
        IsCustom = true,
        Region = region,
        Inputs = Map(inputs),
    };

    public static MapValue Map(params (string Key, PlanValue Value)[] entries) =>
        MapValue.From(entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)));

    public static ListValue List(params PlanValue[] items) => new([.. items]);

    public static ListValue Texts(params string[] items) => new([.. items.Select(Text)]);

    public static PlanValue Text(string text) => new TextValue(text);

    public static PlanValue Number(double number) => new NumberValue(number);

    public static PlanValue Flag(bool flag) => new BooleanValue(flag);
}
