using System.Text.RegularExpressions;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Cli.Reports.Policies;

/// <summary>Where in the checkout a resource is declared, as far as names tell: the component that is its nearest ancestor is
/// found by its type token, and in that file the line that makes a resource of the class.</summary>
internal sealed partial class SourceIndex
{
    private static readonly string[] Folders = ["components", "stacks"];

    private readonly Dictionary<string, (string File, string[] Lines)> _components = [];
    private readonly List<(string File, string[] Lines)> _stack = [];

    public SourceIndex(string root)
    {
        foreach (var folder in Folders.Select(folder => Path.Combine(root, folder)).Where(Directory.Exists))
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                Add(root, path);
        }
    }

    /// <summary>File (relative to the checkout, with slashes) and line from 1; null where nothing is known.</summary>
    public (string File, int Line)? Of(StackPlan plan, PlannedResource resource)
    {
        var className = resource.Type[(resource.Type.LastIndexOf(':') + 1)..];
        var byUrn = plan.Resources.DistinctBy(other => other.Urn).ToDictionary(other => other.Urn.ToString());
        for (var ancestor = resource; ancestor is not null; ancestor = ancestor.Parent is null ? null : byUrn.GetValueOrDefault(ancestor.Parent))
        {
            if (_components.TryGetValue(ancestor.Type, out var component))
                return (component.File, LineOf(component.Lines, className) ?? LineOf(component.Lines, $"\"{ancestor.Type}\"") ?? 1);
        }

        return _stack.Select(source => (source.File, Line: LineOf(source.Lines, className))).Where(hit => hit.Line is not null)
            .Select(hit => ((string, int)?)(hit.File, hit.Line!.Value)).FirstOrDefault();
    }

    private void Add(string root, string path)
    {
        var lines = File.ReadAllLines(path);
        var file = Path.GetRelativePath(root, path).Replace('\\', '/');
        if (file.StartsWith("stacks/", StringComparison.Ordinal))
            _stack.Add((file, lines));
        foreach (var line in lines)
        {
            if (ComponentToken().Match(line) is { Success: true } match)
                _components.TryAdd(match.Groups[1].Value, (file, lines));
        }
    }

    private static int? LineOf(string[] lines, string word)
    {
        var made = word.StartsWith('"') ? word : $".{word}(";
        var index = Array.FindIndex(lines, line => line.Contains(made, StringComparison.Ordinal));
        if (index < 0 && made != word)
            index = Array.FindIndex(lines, line => line.Contains($".{word}Args", StringComparison.Ordinal));
        return index < 0 ? null : index + 1;
    }

    [GeneratedRegex("base\\(\"(akidb:[a-z]+:[A-Za-z]+)\"")]
    private static partial Regex ComponentToken();
}
