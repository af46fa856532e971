using AkiDb.Infra.Plan.Schema;
using AkiDb.Infra.Policies;
using Spectre.Console;

namespace AkiDb.Infra.Cli.Reports.Policies;

/// <summary>The rules themselves, for a person.</summary>
internal static class RuleText
{
    /// <summary>The rule of this name.</summary>
    /// <exception cref="BadInputException">There is none; the message names the nearest.</exception>
    public static RuleAbout Find(string name) => RuleCatalogue.Find(name)?.About
        ?? throw new BadInputException($"There is no rule '{name}'; did you mean {Spelling.Nearest(name, RuleCatalogue.All.Select(rule => rule.About.Name))}? './akidb policy --list' lists them.");

    /// <summary>Everything about one rule.</summary>
    public static void Explain(IAnsiConsole console, RuleAbout rule)
    {
        console.MarkupLineInterpolated($"[bold]{rule.Name}[/] {rule.Title}");
        console.WriteLine($"  severity    {Lower(rule.Severity)}");
        console.WriteLine($"  level       {Lower(rule.Level)}");
        console.WriteLine($"  frameworks  {(rule.Frameworks.IsEmpty ? "none; the project's own" : string.Join(", ", rule.Frameworks))}");
        console.WriteLine($"  why         {rule.Why}");
        console.WriteLine($"  fix         {rule.Fix}");
    }

    /// <summary>One line a rule.</summary>
    public static void List(IAnsiConsole console)
    {
        foreach (var rule in RuleCatalogue.All.Select(rule => rule.About))
            console.WriteLine($"{rule.Name,-42} {Lower(rule.Severity),-9} {Lower(rule.Level),-10} {rule.Title}");
        console.WriteLine($"{RuleCatalogue.All.Length} rules");
    }

    /// <summary>A word of an enum as text.</summary>
    public static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
