using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Schema;
using Spectre.Console;

namespace AkiDb.Infra.Cli.Reports;

/// <summary>Single resources with everything that the plan knows of them.</summary>
internal static class ResourceReport
{
    /// <summary>Writes the resources called <paramref name="name"/>, or else those whose URN holds it.</summary>
    /// <returns>False where there is none.</returns>
    public static bool Write(IAnsiConsole console, StackPlan plan, string name)
    {
        var matches = plan.Resources.Where(resource => resource.Name == name).ToList();
        if (matches.Count == 0)
            matches = [.. plan.Resources.Where(resource => resource.Urn.ToString().Contains(name, StringComparison.OrdinalIgnoreCase))];
        foreach (var resource in matches)
            Write(console, resource);
        return matches.Count > 0;
    }

    /// <summary>The sentence for a name that nothing has.</summary>
    public static string NotFound(StackPlan plan, string name)
    {
        var names = plan.Resources.Select(resource => resource.Name).Distinct().ToList();
        // A part of a name is taken too, so a misspelt part is near to what was meant.
        var near = Spelling.Near(name, names.SelectMany(Parts).Distinct());
        return $"No resource is called '{name}'; did you mean {(near is null ? Spelling.Nearest(name, names) : $"'{near}'")}?";
    }

    // Every run of words of a name, the name itself among them.
    private static IEnumerable<string> Parts(string name)
    {
        var words = name.Split('-');
        return Enumerable.Range(0, words.Length).SelectMany(from => Enumerable.Range(from + 1, words.Length - from).Select(to => string.Join('-', words[from..to])));
    }

    private static void Write(IAnsiConsole console, PlannedResource resource)
    {
        console.MarkupLineInterpolated($"[bold]{resource.Name}[/] {resource.Type}");
        console.MarkupLineInterpolated($"  urn       {resource.Urn.ToString()}");
        if (resource.Region is not null)
            console.MarkupLineInterpolated($"  region    {resource.Region}");
        if (resource.Parent is not null)
            console.MarkupLineInterpolated($"  parent    {ResourceUrn.Parse(resource.Parent).Name}");
        if (resource.Provider is not null)
            console.MarkupLineInterpolated($"  provider  {ResourceUrn.Parse(resource.Provider).Name}");
        foreach (var dependency in resource.Dependencies.Select(ResourceUrn.Parse))
            console.MarkupLineInterpolated($"  needs     {dependency.Name} ({dependency.Type})");
        if (resource.Options != PlannedOptions.None)
            console.MarkupLineInterpolated($"  options   {resource.Options.ToString()}");
        console.WriteLine(ValueText.Indented(resource.Inputs));
        console.WriteLine();
    }
}
