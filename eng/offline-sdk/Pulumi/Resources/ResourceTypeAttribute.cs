namespace Pulumi;

/// <summary>Says which resource type a class stands for, so that references to such resources become instances of it.</summary>
/// <param name="type">The resource type, such as <c>aws:s3/bucket:Bucket</c>.</param>
/// <param name="version">The provider's version, or null.</param>
[AttributeUsage(AttributeTargets.Class)]
public class ResourceTypeAttribute(string type, string? version) : Attribute
{
    /// <summary>The resource type, such as <c>aws:s3/bucket:Bucket</c>.</summary>
    public string Type { get; } = type;

    /// <summary>The provider's version, or null.</summary>
    public string? Version { get; } = version;
}
