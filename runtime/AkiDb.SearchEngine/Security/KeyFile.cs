using System.Text.Json;
using System.Text.Json.Serialization;

namespace AkiDb.SearchEngine.Security;

/// <summary>The file of API keys: <c>{"keys": [{"id": …, "name": …, "sha256": …, "scopes": ["read"]}]}</c>. Where nothing can mount a
/// file, as on Lambda, an environment variable holds the same text and its path is <c>env:NAME</c>.</summary>
internal static class KeyFile
{
    private const string VariablePrefix = "env:";

    private static readonly (string Name, KeyScopes Scope)[] Names = [("read", KeyScopes.Read), ("write", KeyScopes.Write), ("admin", KeyScopes.Admin)];

    /// <summary>Whether the path names an environment variable, which does not change while the process lives.</summary>
    public static bool IsVariable(string path) => path.StartsWith(VariablePrefix, StringComparison.Ordinal);

    /// <summary>Whether there is anything to read.</summary>
    public static bool Exists(string path) => IsVariable(path) ? Variable(path) is { Length: > 0 } : File.Exists(path);

    /// <summary>The file's text as it is now.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string Content(string path) => IsVariable(path) ? Variable(path) ?? "" : File.ReadAllText(path);

    /// <summary>Reads the file; its list may be empty.</summary>
    /// <param name="path">The file, or <c>env:NAME</c>.</param>
    /// <param name="problems">Everything wrong with it; empty when it is good.</param>
    public static List<ApiKey> Read(string path, out List<string> problems)
    {
        problems = [];
        var keys = new List<ApiKey>();
        KeyList? list;
        try
        {
            list = JsonSerializer.Deserialize(Content(path), KeyFileJson.Default.KeyList);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            problems.Add($"--keys '{path}': {e.Message}");
            return keys;
        }

        if (list?.Keys is null)
        {
            problems.Add($"--keys '{path}' has no list 'keys'");
            return keys;
        }

        foreach (var (entry, i) in list.Keys.Select((entry, i) => (entry, i)))
        {
            var where = $"--keys '{path}': keys[{i}]";
            if (entry is null)
            {
                problems.Add($"{where} is null; wanted an object with id, name, sha256 and scopes");
            }
            else if (entry.Id is not { Length: 12 } || keys.Exists(key => key.Id == entry.Id))
            {
                problems.Add($"{where}.id is '{entry.Id}'; wanted 12 hexadecimal digits that no other key has");
            }
            else if (entry.Sha256 is not { Length: 64 } || !entry.Sha256.All(char.IsAsciiHexDigit))
            {
                problems.Add($"{where}.sha256 is not 64 hexadecimal digits");
            }
            else if (ParseScopes(entry.Scopes ?? []) is not { } scopes)
            {
                problems.Add($"{where}.scopes is [{string.Join(", ", entry.Scopes ?? [])}]; wanted one or more of read, write, admin");
            }
            else
            {
                keys.Add(new ApiKey(entry.Id, entry.Name ?? entry.Id, Convert.FromHexString(entry.Sha256), scopes));
            }
        }

        return keys;
    }

    /// <summary>The file with one more key, as text.</summary>
    public static string Text(IEnumerable<ApiKey> keys) => JsonSerializer.Serialize(
        new KeyList
        {
            Keys = [.. keys.Select(key => new KeyEntry
            {
                Id = key.Id,
                Name = key.Name,
                Sha256 = Convert.ToHexStringLower(key.Hash),
                Scopes = [.. Names.Where(name => key.Scopes.HasFlag(name.Scope)).Select(name => name.Name)],
            })],
        }, KeyFileJson.Default.KeyList);

    /// <summary>Scopes by name; null where one is unknown or there are none.</summary>
    public static KeyScopes? ParseScopes(IEnumerable<string> names)
    {
        var scopes = KeyScopes.None;
        foreach (var name in names)
        {
            var found = Array.Find(Names, one => one.Name == name);
            if (found.Name is null)
            {
                return null;
            }

            scopes |= found.Scope;
        }

        return scopes == KeyScopes.None ? null : scopes;
    }

    private static string? Variable(string path) => Environment.GetEnvironmentVariable(path[VariablePrefix.Length..]);

    internal sealed record KeyList
    {
        public List<KeyEntry?>? Keys { get; init; }
    }

    internal sealed record KeyEntry
    {
        public string? Id { get; init; }

        public string? Name { get; init; }

        public string? Sha256 { get; init; }

        public List<string>? Scopes { get; init; }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(KeyFile.KeyList))]
internal sealed partial class KeyFileJson : JsonSerializerContext;
