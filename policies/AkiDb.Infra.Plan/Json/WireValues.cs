using System.Collections.Frozen;
using System.Text.Json;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Plan.Json;

/// <summary>
/// Property values as Pulumi's engine writes them: secrets, references, assets and archives are objects with a signature key,
/// unknowns are agreed strings (Pulumi 3.259, sdk/go/common/resource/properties.go and plugin/rpc.go).
/// </summary>
internal static class WireValues
{
    private const string SignatureKey = "4dabf18193072939515e22adb298388d";
    private const string Secret = "1b47061264138c4ac30d75fd1eb44270";
    private const string Reference = "5cf8f73096256a8f31e491e813e4eb8e";
    private const string Output = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
    private const string Asset = "c44067f5952c0a294b673a41bacd8c17";
    private const string Archive = "0def7320c3a5731c473e5ecbe6d01bc7";
    private const string Bytes = "803fd3297a5875dc03ca845dda5d2a98";

    private static readonly FrozenSet<string> Unknowns = FrozenSet.Create(
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9", // text
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // list
        "030794c1-ac77-496b-92df-f27374a8bd58", // asset
        "e48ece36-62e2-4504-bad9-02848725956a", // archive
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff"); // object

    /// <summary>Reads an object of properties. Keys that begin with two underscores are the engine's own and are left out.</summary>
    public static MapValue ReadMap(JsonElement json) => MapValue.From(json.EnumerateObject()
        .Where(property => !property.Name.StartsWith("__", StringComparison.Ordinal))
        .Select(property => KeyValuePair.Create(property.Name, Read(property.Value))));

    private static PlanValue Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String when Unknowns.Contains(json.GetString()!) => UnknownValue.Instance,
        // `pulumi preview` prints "[secret]" in the place of a blinded value.
        JsonValueKind.String when json.GetString() == "[secret]" => SecretValue.Instance,
        JsonValueKind.Array => new ListValue([.. json.EnumerateArray().Select(Read)]),
        JsonValueKind.Object when json.TryGetProperty(SignatureKey, out var signature) => ReadSigned(json, signature.GetString()),
        JsonValueKind.Object => ReadMap(json),
        _ => PlanValueJson.Read(json),
    };

    private static PlanValue ReadSigned(JsonElement json, string? signature) => signature switch
    {
        Secret => SecretValue.Instance,
        Reference => new ReferenceValue(json.GetProperty("urn").GetString()!),
        Output when JsonTexts.Flag(json, "secret") => SecretValue.Instance,
        Output => json.TryGetProperty("value", out var value) ? Read(value) : UnknownValue.Instance,
        Asset => ReadAsset(json),
        Archive => ReadArchive(json),
        // Bytes that are no text travel as base64; rules only ask whether something is there.
        Bytes => new TextValue(JsonTexts.Optional(json, "value") ?? ""),
        _ => throw new FormatException($"property signature '{signature}' is not known."),
    };

    private static AssetValue ReadAsset(JsonElement json) =>
        JsonTexts.Optional(json, "text") is { Length: > 0 } text ? new AssetValue("text", text)
        : JsonTexts.Optional(json, "path") is { Length: > 0 } path ? new AssetValue("file", path)
        : new AssetValue("remote", JsonTexts.Optional(json, "uri") ?? "");

    private static AssetValue ReadArchive(JsonElement json) =>
        json.TryGetProperty("assets", out var assets) && assets.ValueKind == JsonValueKind.Object
            ? new AssetValue("archive", string.Join('\n', assets.EnumerateObject().Select(asset => asset.Name).Order(StringComparer.Ordinal)))
            : new AssetValue("archive", JsonTexts.Optional(json, "path") ?? JsonTexts.Optional(json, "uri") ?? "");
}
