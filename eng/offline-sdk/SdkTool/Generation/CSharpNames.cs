using AkiDb.SdkTool.Schema;

namespace AkiDb.SdkTool.Generation;

/// <summary>The names that the published C# package gives to tokens and properties.</summary>
internal sealed class CSharpNames(PackageSchema schema)
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "case", "catch", "checked", "class", "const", "continue", "default", "do", "double", "else",
        "enum", "event", "explicit", "extern", "false", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int", "interface",
        "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out", "override", "params", "private", "protected",
        "public", "readonly", "ref", "return", "sealed", "short", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof",
        "using", "virtual", "void", "volatile", "while",
    };

    public string Root => schema.CSharp.RootNamespace;

    /// <summary>The last part of a token in Pascal case: the class.</summary>
    public static string Class(string token)
    {
        var name = token[(token.LastIndexOf(':') + 1)..];
        return token.StartsWith("pulumi:providers:", StringComparison.Ordinal) ? "Provider" : Pascal(name);
    }

    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>A parameter or field name for a property.</summary>
    public static string Parameter(PropertySpec property)
    {
        var name = property.Name.TrimStart('$');
        return Keywords.Contains(name) ? "@" + name : name;
    }

    /// <summary>The property's C# name; refuses one that C# would not take in the class.</summary>
    /// <exception cref="SchemaException">The name is the class's own, or no identifier, and no other name is recorded.</exception>
    public static string Property(string owner, string className, PropertySpec property)
    {
        var name = property.CSharpName ?? Pascal(property.Name);
        if (name == className)
            throw new SchemaException(
                $"{owner}: property '{property.Name}' would be called '{name}' as its class is; "
                + "look up its name in the published C# sources and record it under \"names\" in recorded.json.");
        if (!name.All(c => char.IsLetterOrDigit(c) || c == '_') || char.IsDigit(name[0]))
            throw new SchemaException(
                $"{owner}: property '{property.Name}' makes no C# name ('{name}'); record the published one under \"names\" in recorded.json.");
        return name;
    }

    /// <summary>The namespace of a resource, function or enumeration.</summary>
    public string Namespace(string token) => Join(Root, Module(token));

    public string InputNamespace(string token) => schema.CSharp.IsKubernetes
        ? Join(Root + ".Types.Inputs", KubernetesModule(token))
        : Join(Root, Module(token)) + ".Inputs";

    public string OutputNamespace(string token) => schema.CSharp.IsKubernetes
        ? Join(Root + ".Types.Outputs", KubernetesModule(token))
        : Join(Root, Module(token)) + ".Outputs";

    /// <summary>Kubernetes keeps the arguments of resources beside those of types; the others beside the resource.</summary>
    public string ArgsNamespace(string token) =>
        schema.CSharp.IsKubernetes && token != schema.Provider.Token ? InputNamespace(token) : Namespace(token);

    private static string Join(string root, string module) => module.Length == 0 ? root : $"{root}.{module}";

    // In Kubernetes the package's own types (Helm and client settings) belong to the provider.
    private string KubernetesModule(string token) => Module(token) is { Length: > 0 } module ? module : "Provider";

    private string Module(string token)
    {
        if (token.StartsWith("pulumi:providers:", StringComparison.Ordinal))
            return "";
        // aws:eks/cluster:Cluster belongs to the module eks; kubernetes:core/v1:Pod to core/v1.
        var module = token.Split(':')[1];
        if (schema.CSharp.IsBridged)
            module = module.Split('/')[0];
        if (module == "index")
            return "";
        return schema.CSharp.Namespaces.TryGetValue(module, out var name)
            ? name
            : throw new SchemaException(
                $"{token}: no C# namespace is recorded for the module '{module}'; "
                + "look it up in the published C# sources and record it under \"namespaces\" in recorded.json.");
    }
}
