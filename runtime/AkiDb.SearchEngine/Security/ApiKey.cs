using System.Security.Cryptography;
using System.Text;

namespace AkiDb.SearchEngine.Security;

/// <summary>What a key allows; each includes none of the others.</summary>
[Flags]
internal enum KeyScopes
{
    None = 0,

    /// <summary>Queries, embeddings, reading documents and collections.</summary>
    Read = 1,

    /// <summary>Documents: put, delete, import.</summary>
    Write = 2,

    /// <summary>Collections: create, delete; export.</summary>
    Admin = 4,
}

/// <summary>A key as the key file has it. The key itself is shown once, when it is made.</summary>
/// <param name="Id">First part of the key, by which it is found: 12 hexadecimal digits.</param>
/// <param name="Name">Whose it is; stands in logs.</param>
/// <param name="Hash">SHA-256 of the whole key. No salt and no stretching: its secret part has 256 random bits.</param>
/// <param name="Scopes">What it allows.</param>
internal sealed record ApiKey(string Id, string Name, byte[] Hash, KeyScopes Scopes)
{
    private const string Prefix = "akidb_";
    private const int IdLength = 12;

    /// <summary>Makes a key; <paramref name="text"/> is what its owner keeps.</summary>
    public static ApiKey Create(string name, KeyScopes scopes, out string text)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdLength / 2));
        text = $"{Prefix}{id}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}";
        return new ApiKey(id, name, HashOf(text), scopes);
    }

    /// <summary>The part by which a key is found; null where the text is no key.</summary>
    public static string? IdOf(string text) =>
        text.Length > Prefix.Length + IdLength + 1 && text.Length < 128 && text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length + IdLength] == '_'
            ? text.Substring(Prefix.Length, IdLength)
            : null;

    /// <summary>Whether the text is this key, in a time that does not tell how much of it is right.</summary>
    public bool IsRight(string text) => CryptographicOperations.FixedTimeEquals(HashOf(text), Hash);

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
