using System.Text;

namespace AkiDb.TestKit;

/// <summary>Real English texts: what WordNet says of its nouns, from Debian's package wordnet-base.</summary>
public static class WordNet
{
    private const string File = "/usr/share/wordnet/data.noun";

    /// <summary>Glosses, evenly from the whole file, each once.</summary>
    /// <param name="count">How many; the file has about 80,000.</param>
    /// <param name="longest">Longest one to take, in characters.</param>
    public static string[] Glosses(int count, int longest = int.MaxValue)
    {
        if (!System.IO.File.Exists(File))
        {
            throw new InvalidOperationException($"{File} is missing; install it: eng/install-test-servers.sh");
        }

        // The licence's lines begin with two spaces; the gloss stands behind the bar.
        string[] glosses = [.. System.IO.File.ReadLines(File, Encoding.Latin1).Where(line => !line.StartsWith("  ", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf('|', StringComparison.Ordinal) + 1)..].Trim())
            .Where(gloss => gloss.Length <= longest).Distinct()];
        return [.. Enumerable.Range(0, count).Select(i => glosses[(int)((long)i * glosses.Length / count)])];
    }
}
