using AkiDb.SdkTool.Schema;

namespace AkiDb.SdkTool.Slices;

/// <summary>Every number of a slice is <c>int</c> or <c>double</c> in C# because somebody recorded it so, and not otherwise.</summary>
public static class NumberCheck
{
    /// <exception cref="SchemaException">A number is not recorded, or recorded as the other kind.</exception>
    public static void Run(PackageSchema schema, Recorded recorded)
    {
        foreach (var (owner, properties) in SchemaWalk.PropertySets(schema))
            foreach (var property in properties.Properties)
                foreach (var number in SchemaWalk.Parts(property.Type).OfType<PropertyType.Primitive>().Where(p => p.Name is "integer" or "number"))
                    if (recorded.Number(owner, property.Name) != number.Name)
                        throw new SchemaException(
                            $"{owner}: property '{property.Name}' is {number.Name} in schema.json and {recorded.Number(owner, property.Name) ?? "missing"} "
                            + "under \"numbers\" in recorded.json; look it up in the published C# sources (int is integer, double is number) and record it.");
    }
}
