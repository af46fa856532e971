using AkiDb.SdkTool.Schema;

namespace AkiDb.SdkTool.Generation;

/// <summary>The C# types of properties, by the three places where they stand: inputs, plain function arguments, outputs.</summary>
internal sealed class TypeNames(PackageSchema schema, CSharpNames names)
{
    private readonly ISet<string> _functionResults = SchemaWalk.Closure(schema, schema.Functions.Values.Select(f => f.Outputs).OfType<PropertySet>());

    /// <summary>The type of a property of an args class, without the question mark.</summary>
    /// <param name="type">The property's type.</param>
    /// <param name="suffix">What the args classes of object types end in: <c>Args</c>, or <c>InputArgs</c> inside a function's.</param>
    public string Input(PropertyType type, string suffix)
    {
        string Inner(PropertyType part) => Element(part, suffix);
        return type switch
        {
            PropertyType.List list => $"InputList<{Inner(list.Items)}>",
            PropertyType.Map map => $"InputMap<{Inner(map.Values)}>",
            PropertyType.Union union => Union(union, "InputUnion", Inner),
            PropertyType.BuiltIn { Name: "Json" } => "InputJson",
            _ => $"Input<{Inner(type)}>",
        };
    }

    /// <summary>The type of a property of a function's plain arguments, without the question mark.</summary>
    public string Plain(PropertyType type) => type switch
    {
        PropertyType.List list => $"List<{Plain(list.Items)}>",
        PropertyType.Map map => $"Dictionary<string, {Plain(map.Values)}>",
        PropertyType.Union union => Union(union, "Union", Plain),
        PropertyType.Named named => Named(named, "Args"),
        _ => Simple(type),
    };

    /// <summary>The type of an output, without the question mark.</summary>
    public string Output(PropertyType type) => type switch
    {
        PropertyType.List list => $"ImmutableArray<{Output(list.Items)}>",
        PropertyType.Map map => $"ImmutableDictionary<string, {Output(map.Values)}>",
        // A string that also names an enumeration comes back as the string.
        PropertyType.Union union when RelaxedEnum(union) is { } element => Simple(element),
        PropertyType.Union union => Union(union, "Union", Output),
        PropertyType.Named named => Named(named, null),
        _ => Simple(type),
    };

    /// <summary>The class of an object type among the outputs: bridged providers mark what functions return.</summary>
    public string ResultClass(string token) =>
        schema.CSharp.IsBridged && _functionResults.Contains(token) ? CSharpNames.Class(token) + "Result" : CSharpNames.Class(token);

    // An enumeration, or the args class with this suffix, or (no suffix) the output class of an object type.
    private string Named(PropertyType.Named named, string? suffix)
    {
        var token = named.Token;
        var name = CSharpNames.Class(token);
        if (schema.Types[token].Enum is not null)
            return $"global::{names.Namespace(token)}.{name}";
        return suffix is null
            ? $"global::{names.OutputNamespace(token)}.{ResultClass(token)}"
            : $"global::{names.InputNamespace(token)}.{name}{suffix}";
    }

    // Inside lists, maps and unions an input stands bare: Input<…> is only outermost.
    private string Element(PropertyType type, string suffix) => type switch
    {
        PropertyType.List list => $"ImmutableArray<{Element(list.Items, suffix)}>",
        PropertyType.Map map => $"ImmutableDictionary<string, {Element(map.Values, suffix)}>",
        PropertyType.Union union => Union(union, "Union", part => Element(part, suffix)),
        PropertyType.Named named => Named(named, suffix),
        _ => Simple(type),
    };

    private static string Simple(PropertyType type) => type switch
    {
        PropertyType.Primitive { Name: "string" } => "string",
        PropertyType.Primitive { Name: "boolean" } => "bool",
        PropertyType.Primitive { Name: "integer" } => "int",
        PropertyType.Primitive { Name: "number" } => "double",
        PropertyType.BuiltIn { Name: "Any" } => "object",
        PropertyType.BuiltIn { Name: "Json" } => "global::System.Text.Json.JsonElement",
        PropertyType.BuiltIn { Name: "Asset" } => "AssetOrArchive",
        PropertyType.BuiltIn { Name: "Archive" } => "Archive",
        _ => throw new SchemaException($"no C# type for {type}"),
    };

    // Pulumi's unions have two cases; three or more become object, without Input around it.
    private static string Union(PropertyType.Union union, string generic, Func<PropertyType, string> caseType)
    {
        var cases = union.Cases.Select(caseType).Distinct(StringComparer.Ordinal).ToList();
        return cases.Count switch
        {
            1 => cases[0],
            2 => $"{generic}<{cases[0]}, {cases[1]}>",
            _ => "object",
        };
    }

    private PropertyType.Primitive? RelaxedEnum(PropertyType.Union union) =>
        union.Cases.OfType<PropertyType.Named>().Any(named => schema.Types[named.Token].Enum is not null)
            ? union.Cases.OfType<PropertyType.Primitive>().FirstOrDefault()
            : null;
}
