namespace Pulumi.Serialization;

/// <summary>
/// Names of Pulumi's wire format. On the wire a value is null, bool, double, string, an array or a dictionary; everything else is
/// a dictionary that carries a signature, and an unknown is a marker string.
/// </summary>
internal static class WireFormat
{
    public const string Unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    public const string SignatureKey = "4dabf18193072939515e22adb298388d";
    public const string SecretSignature = "1b47061264138c4ac30d75fd1eb44270";
    public const string ResourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";
    public const string AssetSignature = "c44067f5952c0a294b673a41bacd8c17";
    public const string ArchiveSignature = "0def7320c3a5731c473e5ecbe6d01bc7";

    public const string SecretValueKey = "value";
    public const string ReferenceUrnKey = "urn";
    public const string ReferenceIdKey = "id";
    public const string ReferenceVersionKey = "packageVersion";
    public const string PathKey = "path";
    public const string UriKey = "uri";
    public const string TextKey = "text";
    public const string AssetsKey = "assets";

    public const string UrnProperty = "urn";
    public const string IdProperty = "id";
}
