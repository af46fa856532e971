using System.Globalization;

namespace AkiDb.Infra.Plan.Values;

/// <summary>Where a value stands inside a resource, written <c>vpcConfig.subnetIds[0]</c>.
/// A key that holds a dot, a bracket or nothing is written <c>["a.b"]</c>, as Pulumi's own diffs write it.</summary>
public static class PropertyPath
{
    /// <summary>One step: a key or a position; exactly one of the two is set.</summary>
    public readonly record struct Step(string? Key, int? Index);

    /// <summary><paramref name="path"/> and then <paramref name="key"/>.</summary>
    public static string Append(string path, string key)
    {
        if (key.Length == 0 || key.AsSpan().IndexOfAny(".[]\"") >= 0)
            return $"{path}[\"{key.Replace("\"", "\\\"", StringComparison.Ordinal)}\"]";
        return path.Length == 0 ? key : $"{path}.{key}";
    }

    /// <summary><paramref name="path"/> and then list position <paramref name="index"/> (from 0).</summary>
    public static string Append(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    /// <summary>The steps of <paramref name="path"/>; an empty path has none.</summary>
    /// <exception cref="FormatException">A bracket is not closed, or holds neither a number nor a quoted key.</exception>
    public static IEnumerable<Step> Steps(string path)
    {
        var at = 0;
        while (at < path.Length)
        {
            if (path[at] == '.')
            {
                at++;
            }
            else if (path[at] == '[')
            {
                yield return ReadBracket(path, ref at);
            }
            else
            {
                var end = path.AsSpan(at).IndexOfAny('.', '[');
                end = end < 0 ? path.Length : at + end;
                yield return new Step(path[at..end], null);
                at = end;
            }
        }
    }

    private static Step ReadBracket(string path, ref int at)
    {
        var quoted = at + 1 < path.Length && path[at + 1] == '"';
        var close = path.IndexOf(quoted ? "\"]" : "]", at + (quoted ? 2 : 1), StringComparison.Ordinal);
        if (close < 0)
            throw new FormatException($"Property path '{path}' opens a bracket at {at} that is not closed.");
        var inside = path[(at + (quoted ? 2 : 1))..close];
        at = close + (quoted ? 2 : 1);
        if (quoted)
            return new Step(inside.Replace("\\\"", "\"", StringComparison.Ordinal), null);
        return int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new Step(null, index)
            : throw new FormatException($"Property path '{path}' has '[{inside}]'; want a position such as [0] or a key such as [\"a.b\"].");
    }
}
