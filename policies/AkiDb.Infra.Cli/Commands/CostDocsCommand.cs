using System.CommandLine;
using System.Text;
using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Costs.Prices;
using AkiDb.Infra.Costs.Specification;
using AkiDb.Infra.Costs.Usage;

namespace AkiDb.Infra.Cli.Commands;

/// <summary><c>akidb cost docs</c>: writes the computed tables of docs/costs.md.</summary>
internal static class CostDocsCommand
{
    public static Command Create()
    {
        var command = new Command("docs", "Write the tables of docs/costs.md anew: the specification's claims, the usage keys");
        command.SetAction(async (_, cancel) =>
        {
            var path = Path.Combine(Repository.Find().Root, "docs", "costs.md");
            await File.WriteAllTextAsync(path, Write(await File.ReadAllTextAsync(path, cancel)), cancel);
            Console.WriteLine("docs/costs.md is written.");
            return ExitCode.Clean;
        });
        return command;
    }

    /// <summary>The document with its tables as they are now.</summary>
    internal static string Write(string document) => CostDocument.Replace(
        CostDocument.Replace(document, "claims", new CostClaims(PriceBook.Default).ToMarkdown()), "keys", Keys());

    private static string Keys()
    {
        var text = new StringBuilder("| usage key | unit | meaning |\n|---|---|---|\n");
        foreach (var key in UsageKeys.All)
            text.Append($"| `{key.Name}` | {(key.Choices.IsEmpty ? key.Unit : string.Join(", ", key.Choices))} | {key.What} |\n");
        return text.ToString();
    }
}
