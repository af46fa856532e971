using System.Collections.Immutable;
using System.Globalization;

namespace AkiDb.Infra.Costs.Usage;

/// <summary>One thing that usage may say.</summary>
/// <param name="Name">Dotted, as the usage file nests it; <c>*</c> stands for a name of one's own.</param>
/// <param name="Unit">Unit of the number, or what the text is.</param>
/// <param name="What">Meaning.</param>
public sealed record UsageKey(string Name, string Unit, string What)
{
    /// <summary>Least number allowed.</summary>
    public decimal Least { get; init; }

    /// <summary>Greatest number allowed.</summary>
    public decimal Most { get; init; } = 1_000_000_000_000_000;

    /// <summary>How many numbers the value is a list of; null for a single one.</summary>
    public int? Count { get; init; }

    /// <summary>The words that are allowed; empty where the value is a number.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>True for text that no list of words limits.</summary>
    public bool IsText { get; init; }

    /// <summary>What is right for this key, for an error message.</summary>
    public string Allowed => (Choices.IsEmpty, IsText, Count) switch
    {
        (false, _, _) => $"one of {string.Join(", ", Choices)}",
        (_, true, _) => Unit,
        (_, _, { } count) => FormattableString.Invariant($"a list of {count} numbers from {Least:0.#} to {Most:0.#} ({Unit})"),
        _ => FormattableString.Invariant($"a number from {Least:0.#} to {Most:0.#} ({Unit})"),
    };

    /// <summary>Whether <paramref name="text"/> may be the value.</summary>
    public bool Accepts(string text)
    {
        if (!Choices.IsEmpty)
            return Choices.Contains(text);
        if (IsText)
            return text.Length > 0;
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        return parts.Length == (Count ?? 1) && Array.TrueForAll(parts, part =>
            decimal.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= Least && number <= Most);
    }

    /// <summary>Whether this is the key of <paramref name="name"/>.</summary>
    public bool Matches(string name)
    {
        var (mine, theirs) = (Name.Split('.'), name.Split('.'));
        return mine.Length == theirs.Length && mine.Zip(theirs).All(pair => pair.First == "*" || pair.First == pair.Second);
    }
}
