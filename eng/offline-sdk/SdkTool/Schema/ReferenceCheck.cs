namespace AkiDb.SdkTool.Schema;

/// <summary>Every type that a slice refers to must be in the slice: the generated code would not compile otherwise.</summary>
internal static class ReferenceCheck
{
    public static void Run(PackageSchema schema)
    {
        foreach (var (owner, properties) in SchemaWalk.PropertySets(schema))
            foreach (var property in properties.Properties)
                foreach (var token in SchemaWalk.NamedTypes(property.Type))
                    if (!schema.Types.ContainsKey(token))
                        throw new SchemaException(
                            $"{owner}: property '{property.Name}' refers to the type '{token}', which the slice lacks; run `./akidb sdk add {owner}`.");
    }
}
