using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.TestKit;

/// <summary>Short ways to look into a plan.</summary>
public static class PlanAssertions
{
    /// <summary>The one resource of a type (and name, if given).</summary>
    /// <exception cref="InvalidOperationException">There is none, or more than one; the message lists what there is.</exception>
    public static PlannedResource Only(this StackPlan plan, string type, string? name = null)
    {
        var matches = plan.OfType(type).Where(resource => name is null || resource.Name == name).ToList();
        return matches.Count == 1
            ? matches[0]
            : throw new InvalidOperationException($"{matches.Count} resources of type {type}{(name is null ? "" : $" called {name}")}; the plan has "
                + string.Join(", ", plan.Resources.Select(resource => $"{resource.Type} {resource.Name}")));
    }

    /// <summary>An input's text; fails where it is something else.</summary>
    public static string Text(this PlannedResource resource, string path) =>
        resource.Input(path) is TextValue text ? text.Value : throw Wrong(resource, path, "text");

    /// <summary>An input's text, or empty where it is something else.</summary>
    public static string TextOf(this PlannedResource resource, string path) => resource.Input(path) is TextValue text ? text.Value : "";

    /// <summary>An input's truth value; fails where it is something else.</summary>
    public static bool Flag(this PlannedResource resource, string path) =>
        resource.Input(path) is BooleanValue flag ? flag.Value : throw Wrong(resource, path, "true or false");

    /// <summary>An input's number; fails where it is something else.</summary>
    public static double Number(this PlannedResource resource, string path) =>
        resource.Input(path) is NumberValue number ? number.Value : throw Wrong(resource, path, "a number");

    /// <summary>An input's list of texts; fails where it is something else, and gives none where it is absent.</summary>
    public static IReadOnlyList<string> Texts(this PlannedResource resource, string path) => resource.Input(path) switch
    {
        null => [],
        ListValue list => [.. list.Items.Select(item => ((TextValue)item).Value)],
        _ => throw Wrong(resource, path, "a list of texts"),
    };

    private static InvalidOperationException Wrong(PlannedResource resource, string path, string wanted) =>
        new($"{resource.Type} '{resource.Name}' {path} is {resource.Input(path)?.ToString() ?? "absent"}; the test wants {wanted}.");
}
