namespace Pulumi;

/// <summary>Marks a field or property of an args class as an input.</summary>
/// <param name="name">The name that the provider knows.</param>
/// <param name="required">Whether a null value is an error.</param>
/// <param name="json">Whether the provider takes the value as JSON text.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class InputAttribute(string name, bool required = false, bool json = false) : Attribute
{
    internal string Name { get; } = name;

    internal bool IsRequired { get; } = required;

    internal bool Json { get; } = json;
}
