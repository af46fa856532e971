using System.Globalization;

namespace AkiDb.Embedding.Normalization;

/// <summary>The tables behind <see cref="UnicodeText"/>, read from unicode-normalization.txt (written by generate.py) when first needed.</summary>
internal sealed class NormalizationData
{
    private static readonly Lazy<NormalizationData> Loaded = new(() => new NormalizationData());

    private readonly Dictionary<int, byte> _classes = [];
    private readonly Dictionary<int, int[]> _canonical = [];
    private readonly Dictionary<int, int[]> _compatible = [];
    private readonly Dictionary<(int First, int Second), int> _composed = [];

    private NormalizationData()
    {
        using Stream file = typeof(NormalizationData).Assembly.GetManifestResourceStream("unicode-normalization.txt")!;
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            int[] numbers = [.. line.Split(' ').Skip(1).Select(number => int.Parse(number, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
            switch (line[0])
            {
                case 'c':
                    Array.ForEach(numbers[1..], member => _classes[member] = (byte)numbers[0]);
                    break;
                case 'd':
                    _canonical[numbers[0]] = numbers[1..];
                    break;
                case 'k':
                    _compatible[numbers[0]] = numbers[1..];
                    break;
                case 'p':
                    _composed[(numbers[0], numbers[1])] = numbers[2];
                    break;
                default:
                    throw new InvalidDataException($"unicode-normalization.txt has a line that starts with '{line[0]}'.");
            }
        }
    }

    public static NormalizationData Instance => Loaded.Value;

    /// <summary>Canonical combining class; 0 for a character that starts anew.</summary>
    public int ClassOf(int character) => _classes.GetValueOrDefault(character);

    /// <summary>Full decomposition; null if the character is its own.</summary>
    public int[]? DecompositionOf(int character, bool isCompatible) =>
        (isCompatible ? _compatible.GetValueOrDefault(character) : null) ?? _canonical.GetValueOrDefault(character);

    /// <summary>The one character that a pair composes to; null if it stays a pair.</summary>
    public int? Compose(int first, int second) => _composed.TryGetValue((first, second), out int composed) ? composed : null;
}
