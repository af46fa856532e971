namespace AkiDb.SdkTool.Schema;

/// <summary>A Pulumi package schema, or the slice of one: what of a provider this repository uses.</summary>
/// <param name="Name">The package name as tokens have it: <c>aws</c>, <c>kubernetes</c>, <c>aws-native</c>.</param>
/// <param name="Version">The version of the package that the slice was read from.</param>
/// <param name="CSharp">How the published C# package names its namespaces.</param>
/// <param name="Provider">The provider's own settings.</param>
/// <param name="Resources">By token.</param>
/// <param name="Types">By token; every type that another entry refers to.</param>
/// <param name="Functions">By token.</param>
public sealed record PackageSchema(
    string Name,
    string Version,
    CSharpLayout CSharp,
    ResourceSpec Provider,
    IReadOnlyDictionary<string, ResourceSpec> Resources,
    IReadOnlyDictionary<string, TypeSpec> Types,
    IReadOnlyDictionary<string, FunctionSpec> Functions);

/// <summary><c>language.csharp</c> of a package.</summary>
/// <param name="RootNamespace">For example <c>Pulumi.Aws</c>.</param>
/// <param name="Compatibility"><c>tfbridge20</c>, <c>kubernetes20</c> or empty: the generations of naming rules that Pulumi keeps.</param>
/// <param name="Namespaces">Module of a token to C# namespace below the root, for example <c>rbac.authorization.k8s.io/v1</c> to <c>Rbac.V1</c>.</param>
public sealed record CSharpLayout(string RootNamespace, string Compatibility, IReadOnlyDictionary<string, string> Namespaces)
{
    /// <summary>Kubernetes keeps its argument classes in <c>Types.Inputs</c> and has no nullable outputs.</summary>
    public bool IsKubernetes => Compatibility == "kubernetes20";

    /// <summary>Bridged providers name the types of function results <c>…Result</c>.</summary>
    public bool IsBridged => Compatibility == "tfbridge20";
}

/// <summary>One resource type: its arguments and its outputs.</summary>
public sealed record ResourceSpec(
    string Token, PropertySet Inputs, PropertySet Outputs, IReadOnlyList<string> Aliases, string? Deprecation);

/// <summary>One function: what it takes (null: nothing) and what it returns (null: nothing).</summary>
public sealed record FunctionSpec(string Token, PropertySet? Inputs, PropertySet? Outputs);

/// <summary>A named type: an object, or an enumeration of strings or numbers.</summary>
public sealed record TypeSpec(string Token, PropertySet? Properties, IReadOnlyList<EnumValue>? Enum, PropertyType? EnumElement);

/// <summary>One member of an enumeration: the C# name and the wire value.</summary>
public sealed record EnumValue(string Name, string Value);

/// <summary>Properties by wire name, sorted, and which of them must be given.</summary>
public sealed record PropertySet(IReadOnlyList<PropertySpec> Properties, bool HasRequired);

/// <summary>One property of a resource, a type or a function.</summary>
/// <param name="Name">The wire name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Required">It must be given; for outputs: it is never null.</param>
/// <param name="CSharpName">The C# name where it is not the wire name in Pascal case.</param>
/// <param name="Constant">The only value that the property can have, for example a Kubernetes kind.</param>
/// <param name="Default">What the published constructor puts in when nothing was given.</param>
/// <param name="Secret">Its value is hidden whatever the program says.</param>
/// <param name="Deprecation">Why not to use it; null where it is not deprecated.</param>
public sealed record PropertySpec(
    string Name, PropertyType Type, bool Required, string? CSharpName, string? Constant, object? Default, bool Secret, string? Deprecation);
