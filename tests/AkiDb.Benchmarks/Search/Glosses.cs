using System.Text;
using System.Text.Json;

namespace AkiDb.Benchmarks.Search;

/// <summary>WordNet's glosses (Debian's wordnet-base): 117,000 real English phrases.</summary>
internal static class Glosses
{
    private const string Folder = "/usr/share/wordnet";

    /// <summary>The first so many, of all parts of speech in turn.</summary>
    /// <exception cref="InvalidOperationException">WordNet is not installed.</exception>
    public static List<string> Read(int count)
    {
        if (!Directory.Exists(Folder))
        {
            throw new InvalidOperationException("The benchmark's texts are WordNet's glosses: apt-get install wordnet-base");
        }

        return [.. new[] { "noun", "verb", "adj", "adv" }.SelectMany(part => File.ReadLines(Path.Combine(Folder, $"data.{part}")))
            .Where(line => !line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(" | ", StringComparison.Ordinal) + 3)..].Trim()).Take(count)];
    }

    /// <summary>Documents as an import takes them.</summary>
    public static byte[] ToLines(IReadOnlyList<string> texts)
    {
        var lines = new StringBuilder();
        for (var i = 0; i < texts.Count; i++)
        {
            lines.Append(JsonSerializer.Serialize(new { id = $"g{i}", text = texts[i], metadata = new { number = i, tenth = i % 10 } })).Append('\n');
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    /// <summary>Questions: pieces of up to eight words from the texts, about twelve tokens at most.</summary>
    public static List<byte[]> Questions(IReadOnlyList<string> texts, int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var words = texts[random.Next(texts.Count)].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var start = random.Next(Math.Max(1, words.Length - 8));
            return JsonSerializer.SerializeToUtf8Bytes(new { text = string.Join(' ', words.Skip(start).Take(random.Next(2, 9))), k = 10 });
        })];
    }
}
