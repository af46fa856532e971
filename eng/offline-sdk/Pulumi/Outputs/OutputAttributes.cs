namespace Pulumi;

/// <summary>Marks a property of a resource as an output.</summary>
/// <param name="name">The name that the provider knows; null means the property's own.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute(string? name = null) : Attribute
{
    /// <summary>The name that the provider knows; null means the property's own.</summary>
    public string? Name { get; } = name;
}

/// <summary>Marks a class whose instances are made from a provider's object.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OutputTypeAttribute : Attribute;

/// <summary>Marks the constructor whose parameters are the properties of a provider's object.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class OutputConstructorAttribute : Attribute;

/// <summary>Names the property of a provider's object that a parameter takes, where the parameter's name differs.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OutputConstructorParameterAttribute(string name) : Attribute
{
    /// <summary>The name that the provider knows.</summary>
    public string Name { get; } = name;
}

/// <summary>Marks a struct that wraps a string or a number with named values.</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class EnumTypeAttribute : Attribute;
