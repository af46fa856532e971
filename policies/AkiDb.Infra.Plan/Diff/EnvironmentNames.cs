using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace AkiDb.Infra.Plan.Diff;

/// <summary>The names that only one environment has, and how to find them in a text.</summary>
internal sealed class EnvironmentNames
{
    /// <summary>A piece of a text.</summary>
    /// <param name="Text">The piece.</param>
    /// <param name="Meaning">What it stands for, the same word in every environment; null where it stands for itself.</param>
    internal readonly record struct Word(string Text, string? Meaning);

    private const string Address = @"(?<address>(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,2})?(?![0-9.]))";
    private const string Rest = "[A-Za-z0-9]+|[^A-Za-z0-9]+";

    private readonly string _stack;
    private readonly string? _account;
    private readonly ImmutableArray<AddressBlock> _networks;
    private readonly Regex _words;

    public EnvironmentNames(string stack, string? account, ImmutableArray<AddressBlock> networks)
    {
        (_stack, _account, _networks) = (stack, account, networks);
        // Whole words only: "dev" is no part of "device". The name is tried first, for it may itself hold a hyphen.
        var name = stack.Length == 0 ? "" : $"(?<![A-Za-z0-9]){Regex.Escape(stack)}(?![A-Za-z0-9])|";
        _words = new Regex($"{name}{Address}|{Rest}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
    }

    /// <summary>No names: every word stands for itself.</summary>
    public static EnvironmentNames None { get; } = new("", null, []);

    /// <summary>The pieces of <paramref name="text"/>, in order; together they are the text.</summary>
    public IReadOnlyList<Word> Words(string text) =>
        [.. _words.Matches(text).Select(match => new Word(match.Value, match.Groups["address"].Success ? Place(match.Value) : Meaning(match.Value)))];

    private string? Meaning(string word) => word == _stack ? "stack" : word == _account ? "account" : null;

    private string? Place(string address)
    {
        for (var index = 0; index < _networks.Length; index++)
        {
            if (_networks[index].PlaceOf(address) is { } place)
                return $"network {index} {place}";
        }

        return null;
    }
}
