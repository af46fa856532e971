using System.Text.RegularExpressions;

namespace AkiDb.Infra.Components.Fleet;

/// <summary>What the boards run: the archive that holds the power manager, the edge server and the metrics agent.</summary>
/// <param name="Version">Its version; also part of its key in the bucket.</param>
/// <param name="Sha256">SHA-256 of the archive, 64 hexadecimal digits.</param>
public sealed partial record JetsonRelease(string Version, string Sha256)
{
    /// <summary>Key of the archive in the model bucket; <c>eng/launcher/publish-jetson.sh</c> puts it there.</summary>
    public string Key => $"jetson/{Version}/akidb-jetson.tar.gz";

    /// <summary>True if version and hash can be what they say.</summary>
    public bool IsValid => IsVersion(Version) && IsHash(Sha256);

    /// <summary>True for digits, letters, dots and hyphens, a digit or letter first.</summary>
    public static bool IsVersion(string text) => VersionText().IsMatch(text);

    /// <summary>True for 64 lower-case hexadecimal digits.</summary>
    public static bool IsHash(string text) => HashText().IsMatch(text);

    [GeneratedRegex("^[0-9A-Za-z][0-9A-Za-z.-]{0,39}$")]
    private static partial Regex VersionText();

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex HashText();
}
