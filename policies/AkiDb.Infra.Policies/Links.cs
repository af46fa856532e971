using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies;

/// <summary>
/// Which resources belong together. Before a deployment most ids are unknown, but the program's dependencies are not:
/// what refers to a resource depends on it.
/// </summary>
internal static class Links
{
    /// <summary>Resources of <paramref name="type"/> that refer to <paramref name="target"/> by the input <paramref name="path"/>,
    /// each with whether that is certain. Where the value is text that names the target (see <paramref name="nameInput"/>) it
    /// is certain; where it names another target of the same type it is not listed; else the dependencies decide, and they are
    /// only certain where no second resource of the target's type is among them.</summary>
    public static IEnumerable<(PlannedResource Resource, Truth Belongs)> LinkedTo(
        this PlanView plan, PlannedResource target, string type, string path, string nameInput) =>
        plan.OfType(type)
            .Select(resource => (Resource: resource, Belongs: Belongs(plan, resource, path, target, nameInput)))
            .Where(link => link.Belongs != Truth.No);

    /// <summary>Whether the input <paramref name="path"/> of <paramref name="resource"/> means <paramref name="target"/>.</summary>
    public static Truth Belongs(this PlanView plan, PlannedResource resource, string path, PlannedResource target, string nameInput)
    {
        var value = resource.Input(path);
        var name = target.Input(nameInput);
        if (value is TextValue text && name is TextValue wanted && Names(text.Value, wanted.Value))
            return Truth.Yes;
        if (!resource.Dependencies.Contains(target.Urn.ToString()))
            return value is UnknownValue && resource.Dependencies.IsEmpty ? Truth.Unknown : Truth.No;

        var rivals = resource.Dependencies.Select(plan.Find).OfType<PlannedResource>().Where(other => other.Type == target.Type && other != target).ToList();
        if (value is TextValue known && rivals.Any(rival => rival.Input(nameInput) is TextValue other && Names(known.Value, other.Value)))
            return Truth.No;
        return rivals.Count == 0 ? Truth.Yes : Truth.Unknown;
    }

    // A name by itself, or at the end of an ARN or a URL.
    private static bool Names(string reference, string name) =>
        reference == name || reference.EndsWith(":" + name, StringComparison.Ordinal) || reference.EndsWith("/" + name, StringComparison.Ordinal);
}
