namespace AkiDb.SdkTool.Schema;

/// <summary>A type as the package schema writes it.</summary>
public abstract record PropertyType
{
    private PropertyType()
    {
    }

    /// <summary>string, boolean, integer or number.</summary>
    public sealed record Primitive(string Name) : PropertyType;

    /// <summary>A list.</summary>
    public sealed record List(PropertyType Items) : PropertyType;

    /// <summary>A map with string keys.</summary>
    public sealed record Map(PropertyType Values) : PropertyType;

    /// <summary>A named type of the same package.</summary>
    public sealed record Named(string Token) : PropertyType;

    /// <summary>One of several.</summary>
    public sealed record Union(IReadOnlyList<PropertyType> Cases) : PropertyType;

    /// <summary>A type of Pulumi's own: Any, Json, Asset or Archive.</summary>
    public sealed record BuiltIn(string Name) : PropertyType;
}
