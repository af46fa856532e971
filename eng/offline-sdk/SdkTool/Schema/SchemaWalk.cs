namespace AkiDb.SdkTool.Schema;

/// <summary>The ways through a schema that more than one reader needs.</summary>
public static class SchemaWalk
{
    /// <summary>Every set of properties with the token that owns it.</summary>
    public static IEnumerable<(string Owner, PropertySet Properties)> PropertySets(PackageSchema schema)
    {
        foreach (var resource in schema.Resources.Values.Append(schema.Provider))
        {
            yield return (resource.Token, resource.Inputs);
            yield return (resource.Token, resource.Outputs);
        }

        foreach (var type in schema.Types.Values)
            if (type.Properties is { } properties)
                yield return (type.Token, properties);
        foreach (var function in schema.Functions.Values)
        {
            if (function.Inputs is { } inputs)
                yield return (function.Token, inputs);
            if (function.Outputs is { } outputs)
                yield return (function.Token, outputs);
        }
    }

    /// <summary>The type itself and everything inside it.</summary>
    public static IEnumerable<PropertyType> Parts(PropertyType type)
    {
        IEnumerable<PropertyType> inner = type switch
        {
            PropertyType.List list => Parts(list.Items),
            PropertyType.Map map => Parts(map.Values),
            PropertyType.Union union => union.Cases.SelectMany(Parts),
            _ => [],
        };
        return inner.Prepend(type);
    }

    /// <summary>The tokens of the named types in a type.</summary>
    public static IEnumerable<string> NamedTypes(PropertyType type) =>
        Parts(type).OfType<PropertyType.Named>().Select(named => named.Token);

    /// <summary>All named types that can be reached from a set of properties.</summary>
    public static ISet<string> Closure(PackageSchema schema, IEnumerable<PropertySet> roots)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<PropertySet>(roots);
        while (open.TryPop(out var properties))
            foreach (var token in properties.Properties.SelectMany(p => NamedTypes(p.Type)))
                if (seen.Add(token) && schema.Types[token].Properties is { } inner)
                    open.Push(inner);
        return seen;
    }
}
