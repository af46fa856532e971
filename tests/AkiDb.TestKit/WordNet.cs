using System.Text;

namespace AkiDb.TestKit;

/// <summary>Real English texts: what WordNet says of its words, from Debian's package wordnet-base.</summary>
public static class WordNet
{
    private const string Folder = "/usr/share/wordnet";

    /// <summary>Glosses of nouns, evenly from the whole file, each once.</summary>
    /// <param name="count">How many; there are about 80,000.</param>
    /// <param name="longest">Longest one to take, in characters.</param>
    public static string[] Glosses(int count, int longest = int.MaxValue)
    {
        string[] glosses = [.. Read("noun").Where(gloss => gloss.Length <= longest).Distinct()];
        return [.. Enumerable.Range(0, count).Select(i => glosses[(int)((long)i * glosses.Length / count)])];
    }

    /// <summary>The first so many glosses of nouns, verbs, adjectives and adverbs in turn; there are about 117,000.</summary>
    public static List<string> First(int count) => [.. new[] { "noun", "verb", "adj", "adv" }.SelectMany(Read).Take(count)];

    // The licence's lines begin with two spaces; the gloss stands behind the bar.
    private static IEnumerable<string> Read(string part)
    {
        var file = Path.Combine(Folder, $"data.{part}");
        return File.Exists(file)
            ? File.ReadLines(file, Encoding.Latin1).Where(line => !line.StartsWith("  ", StringComparison.Ordinal))
                .Select(line => line[(line.IndexOf('|', StringComparison.Ordinal) + 1)..].Trim())
            : throw new InvalidOperationException($"{file} is missing; install it: eng/install-test-servers.sh");
    }
}
