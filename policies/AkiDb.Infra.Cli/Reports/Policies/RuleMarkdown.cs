using System.Text;
using AkiDb.Infra.Policies;

namespace AkiDb.Infra.Cli.Reports.Policies;

/// <summary>docs/policies.md, made from the rules.</summary>
internal static class RuleMarkdown
{
    public static string Write()
    {
        var text = new StringBuilder();
        text.Append("# Policies\n\n")
            .Append("Made by `./akidb policy --docs > docs/policies.md`; a test fails when it is out of date.\n\n")
            .Append($"{RuleCatalogue.All.Length} rules. *Mandatory* rules stop a deployment; *advisory* ones are told; *remediate* ones are mandatory, and the Pulumi\n")
            .Append("engine mends them by itself. What is allowed all the same stands in `policies/exemptions.yaml`, with a reason and a date.\n");
        foreach (var topic in RuleCatalogue.All.GroupBy(TopicOf).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append($"\n## {topic.Key}\n\n| rule | what | severity | level | the same elsewhere |\n|---|---|---|---|---|\n");
            foreach (var rule in topic.Select(rule => rule.About))
                text.Append($"| `{rule.Name}` | {Cell(rule.Title)} | {RuleText.Lower(rule.Severity)} | {RuleText.Lower(rule.Level)} | {string.Join(", ", rule.Frameworks)} |\n");
            foreach (var rule in topic.Select(rule => rule.About))
                text.Append($"\n**{rule.Name}**: {rule.Why}\n*Fix*: {rule.Fix}\n");
        }

        return text.ToString();
    }

    // The folder of the rule, which is its concept: "AkiDb.Infra.Policies.Edge" -> "Edge".
    private static string TopicOf(Rule rule) => rule.GetType().Namespace!.Split('.')[^1];

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
