using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Diff;
using AkiDb.Infra.Plan.Values;
using Spectre.Console;

namespace AkiDb.Infra.Cli.Reports.Diff;

/// <summary>One changed property on the terminal: a line, or for long text the lines of it that differ.</summary>
internal static class PropertyLines
{
    /// <summary>Writes it, <paramref name="depth"/> steps of four spaces in.</summary>
    public static void Write(IAnsiConsole console, PropertyChange change, int depth)
    {
        var indent = new string(' ', depth * 4);
        var sign = $"[{ChangeMark.Colour(change.Kind)}]{ChangeMark.Of(change.Kind)}[/]";
        var title = Markup.Escape(Title(change));
        if (change is { Before: TextValue before, After: TextValue after } && (before.Value.Contains('\n') || after.Value.Contains('\n')))
        {
            console.MarkupLine($"{indent}{sign} {title}");
            foreach (var (kind, line) in TextLines.Between(before.Value, after.Value))
                console.MarkupLine($"{indent}    [{ChangeMark.Colour(kind)}]{ChangeMark.Of(kind)} {Markup.Escape(line)}[/]");
            return;
        }

        console.MarkupLine($"{indent}{sign} {title}  {Markup.Escape(Values(change))}");
    }

    /// <summary>What changed, in a word: <c>vpcConfig.subnetIds[0]</c>, <c>option protect</c>, <c>needs</c>.</summary>
    public static string Title(PropertyChange change) => change.Part switch
    {
        ResourcePart.Options => $"option {change.Path}",
        ResourcePart.Dependencies => "needs",
        _ => change.Path,
    };

    /// <summary>The values: <c>old → new</c>, or the one there is.</summary>
    public static string Values(PropertyChange change) => change.Kind switch
    {
        ChangeKind.Added => Value(change.Part, change.After!),
        ChangeKind.Removed => Value(change.Part, change.Before!),
        _ => $"{Value(change.Part, change.Before!)} → {Value(change.Part, change.After!)}",
    };

    /// <summary>One value. Of a URN, name and type: the rest of it is long and says the same thing twice.</summary>
    public static string Value(ResourcePart part, PlanValue value) =>
        part is ResourcePart.Dependencies or ResourcePart.Placement && value is TextValue { Value: var text } && text.StartsWith("urn:pulumi:", StringComparison.Ordinal)
            && ResourceUrn.Parse(text) is var urn
            ? $"{urn.Name} ({TypeTitle.LastWord(urn.Type)})"
            : ValueText.OneLine(value);
}
