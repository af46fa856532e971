using System.Collections.Immutable;
using System.Text;

namespace AkiDb.Infra.Plan.Diff;

/// <summary>
/// When two texts of two environments mean the same: word by word they are equal, or both words are the environment's own
/// name, its account, or an address at the same place of the same network. Two plans of one stack have no such names:
/// there only equal texts are the same. docs/diff.md tells the rule.
/// </summary>
public sealed class Correspondence
{
    private readonly EnvironmentNames _before;
    private readonly EnvironmentNames _after;

    private Correspondence(EnvironmentNames before, EnvironmentNames after, ImmutableArray<RecognisedName> names, bool unknownIsAnything)
    {
        (_before, _after) = (before, after);
        Names = names;
        UnknownIsAnything = unknownIsAnything;
    }

    /// <summary>The names that were recognised; empty for two plans of one stack.</summary>
    public ImmutableArray<RecognisedName> Names { get; }

    /// <summary>True where the plans come from different sources: what is unknown to the one has a stand-in in the other,
    /// which says nothing about a difference.</summary>
    public bool UnknownIsAnything { get; }

    /// <summary>The correspondence of two plans.</summary>
    public static Correspondence Between(StackPlan before, StackPlan after)
    {
        var unknownIsAnything = before.Source != after.Source;
        if (before.Stack == after.Stack)
            return new Correspondence(EnvironmentNames.None, EnvironmentNames.None, [], unknownIsAnything);

        var networks = SharedNetwork.Between(before, after);
        var names = new List<RecognisedName> { new("stack", before.Stack, after.Stack) };
        var accounts = (Before: Accounts.Of(before), After: Accounts.Of(after));
        if (accounts is not ({ } accountBefore, { } accountAfter) || accountBefore == accountAfter)
            accounts = (null, null);
        else
            names.Add(new("account", accountBefore, accountAfter));
        names.AddRange(networks.Select(network => new RecognisedName($"network {network.Name}", network.Before.ToString(), network.After.ToString())));
        return new Correspondence(
            new EnvironmentNames(before.Stack, accounts.Before, [.. networks.Select(network => network.Before)]),
            new EnvironmentNames(after.Stack, accounts.After, [.. networks.Select(network => network.After)]),
            [.. names],
            unknownIsAnything);
    }

    /// <summary>True where <paramref name="before"/> in the earlier plan means what <paramref name="after"/> means in the later.</summary>
    public bool AreSame(string before, string after)
    {
        if (before == after)
            return true;
        if (Names.IsEmpty)
            return false;
        var left = _before.Words(before);
        var right = _after.Words(after);
        return left.Count == right.Count
            && left.Zip(right).All(pair => pair.First.Text == pair.Second.Text
                || (pair.First.Meaning is { } meaning && meaning == pair.Second.Meaning));
    }

    /// <summary><paramref name="text"/> with the environment's own names replaced by what they mean: equal for what corresponds.</summary>
    internal string General(string text, Side side)
    {
        if (Names.IsEmpty)
            return text;
        var general = new StringBuilder();
        foreach (var word in (side == Side.Before ? _before : _after).Words(text))
            general.Append(word.Meaning is null ? word.Text : $"\0{word.Meaning}\0");
        return general.ToString();
    }
}
