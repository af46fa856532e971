using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace AkiDb.Infra.Stacks.Settings;

/// <summary>Tags on everything; bills are split by them.</summary>
internal static partial class TagSettings
{
    private static readonly ImmutableArray<string> Required = ["owner", "cost-center"];

    public static ImmutableSortedDictionary<string, string> Read(SettingsReader reader)
    {
        const string example = "{ owner: platform, cost-center: cc-100 }";
        var tags = reader.Map("tags", (key, value) => Key().IsMatch(key) && value.Length is > 0 and <= 256,
            "tag keys of 1 to 128 letters, digits, spaces and _.:/=+-@ with values of 1 to 256 characters", example);
        foreach (var required in Required.Where(key => !tags.ContainsKey(key)))
            reader.Problem($"tags.{required}", null, "a tag that bills can be split by", example);
        return tags;
    }

    [GeneratedRegex(@"^(?!aws:)[\w .:/=+\-@]{1,128}$")]
    private static partial Regex Key();
}
