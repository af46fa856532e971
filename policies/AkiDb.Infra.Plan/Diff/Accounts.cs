using System.Text.RegularExpressions;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Plan.Diff;

/// <summary>Which AWS account a plan is for: the one that its providers accept.</summary>
internal static partial class Accounts
{
    /// <summary>The account's 12 digits; null where the providers name none, or several.</summary>
    public static string? Of(StackPlan plan)
    {
        var accounts = plan.OfType("pulumi:providers:aws")
            .SelectMany(provider => Texts(provider.Input("allowedAccountIds")))
            .SelectMany(text => Account().Matches(text).Select(match => match.Value))
            .Distinct()
            .Take(2)
            .ToList();
        return accounts.Count == 1 ? accounts[0] : null;
    }

    // Providers get lists as JSON text; a plan file of the engine may hold either.
    private static IEnumerable<string> Texts(PlanValue? value) => value switch
    {
        TextValue text => [text.Value],
        ListValue list => list.Items.SelectMany(Texts),
        _ => [],
    };

    [GeneratedRegex(@"(?<!\d)\d{12}(?!\d)")]
    private static partial Regex Account();
}
