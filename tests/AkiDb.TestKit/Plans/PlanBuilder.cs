using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.TestKit.Plans;

/// <summary>
/// A plan by hand: <c>new PlanBuilder().Has("aws:kms/key:Key", "key", "enableKeyRotation: true").Build()</c>. Everything stands
/// in us-east-1 unless <see cref="In"/> says otherwise, and refers to nothing unless <paramref name="stack"/> or a call says so.
/// </summary>
/// <param name="stack">Stack, which is the environment.</param>
public sealed class PlanBuilder(string stack = "test")
{
    private const string Project = "akidb";

    private readonly List<PlannedResource> _resources = [];
    private string? _region = "us-east-1";

    /// <summary>Starts from the resources of a plan that exists.</summary>
    public static PlanBuilder From(StackPlan plan)
    {
        var builder = new PlanBuilder(plan.Stack);
        builder._resources.AddRange(plan.Resources);
        return builder;
    }

    /// <summary>The region of what is added from here on; null for none.</summary>
    public PlanBuilder In(string? region)
    {
        _region = region;
        return this;
    }

    /// <summary>Adds a resource.</summary>
    /// <param name="type">Type token.</param>
    /// <param name="name">Name in the program.</param>
    /// <param name="inputs">Inputs as YAML; see <see cref="YamlValues"/>.</param>
    /// <param name="dependsOn">Names of resources that were added before and that this one depends on.</param>
    public PlanBuilder Has(string type, string name, string inputs = "", params IReadOnlyList<string> dependsOn)
    {
        var root = ResourceUrn.Root(stack, Project);
        _resources.Add(new PlannedResource
        {
            Urn = root.Child(type, name),
            IsCustom = true,
            Parent = root.ToString(),
            Provider = type.StartsWith("kubernetes:", StringComparison.Ordinal) ? root.Child("pulumi:providers:kubernetes", _region ?? "default").ToString() : null,
            Region = _region,
            Inputs = YamlValues.Map(inputs),
            Dependencies = [.. dependsOn.Select(other => Named(other).Urn.ToString()).Order(StringComparer.Ordinal)],
        });
        return this;
    }

    /// <summary>Removes the resources that <paramref name="which"/> names.</summary>
    /// <exception cref="InvalidOperationException">There is none: the test does not test what it says.</exception>
    public PlanBuilder Without(Predicate<PlannedResource> which) =>
        _resources.RemoveAll(which) > 0 ? this : throw new InvalidOperationException("There is no such resource to remove.");

    /// <summary>Changes the first resource of a type.</summary>
    /// <param name="type">Type token.</param>
    /// <param name="path">Input to set: keys by dots, positions in brackets.</param>
    /// <param name="yaml">The new value as YAML; null takes the input away.</param>
    /// <param name="name">Only the one of this name; null for the first.</param>
    public PlanBuilder Set(string type, string path, string? yaml, string? name = null) =>
        Edit(inputs => inputs.With(path, yaml is null ? null : YamlValues.Read(yaml)), resource => resource.Type == type && (name is null || resource.Name == name));

    /// <summary>Changes text at <paramref name="path"/> of the first resource of a type that <paramref name="which"/> means.</summary>
    public PlanBuilder Edit(string type, string path, Func<string, string> change, Predicate<PlannedResource>? which = null) => Edit(
        inputs => inputs.With(path, new TextValue(change(((TextValue)inputs.At(path)!).Value))),
        resource => resource.Type == type && (which is null || which(resource)));

    /// <summary>Changes the inputs of the first resource that <paramref name="which"/> means.</summary>
    /// <exception cref="InvalidOperationException">There is none, or the change changes nothing: the test does not test what it says.</exception>
    public PlanBuilder Edit(Func<MapValue, MapValue> change, Predicate<PlannedResource> which)
    {
        var index = _resources.FindIndex(which);
        if (index < 0)
            throw new InvalidOperationException("There is no such resource to change.");
        var changed = change(_resources[index].Inputs);
        if (changed.Equals(_resources[index].Inputs))
            throw new InvalidOperationException($"The change of {_resources[index].Name} changes nothing.");
        _resources[index] = _resources[index] with { Inputs = changed };
        return this;
    }

    /// <summary>The plan, with the stack as its root.</summary>
    public StackPlan Build() => new()
    {
        Project = Project,
        Stack = stack,
        Source = PlanSource.OfflineEvaluation,
        Resources =
        [
            .. _resources.Where(resource => resource.Type != ResourceUrn.StackType)
                .Append(new PlannedResource { Urn = ResourceUrn.Root(stack, Project), IsCustom = false })
                .OrderBy(resource => resource.Urn.ToString(), StringComparer.Ordinal),
        ],
    };

    private PlannedResource Named(string name) => _resources.Find(resource => resource.Name == name)
        ?? throw new InvalidOperationException($"There is no resource '{name}' to depend on yet.");
}
