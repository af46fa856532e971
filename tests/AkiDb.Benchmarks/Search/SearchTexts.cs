using System.Text;
using System.Text.Json;

namespace AkiDb.Benchmarks.Search;

/// <summary>What the benchmark sends: WordNet's glosses as documents, and pieces of them as questions.</summary>
internal static class SearchTexts
{
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
