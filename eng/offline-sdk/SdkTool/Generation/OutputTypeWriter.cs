using AkiDb.SdkTool.Schema;

namespace AkiDb.SdkTool.Generation;

/// <summary>Writes the read-only classes that outputs and function results are made of.</summary>
internal sealed class OutputTypeWriter(PackageSchema schema, TypeNames types, CodeWriter code)
{
    public void Write(string owner, string className, PropertySet properties)
    {
        code.Line("[OutputType]");
        code.Block($"public sealed class {className}", () =>
        {
            foreach (var property in properties.Properties)
                code.Line($"public readonly {Type(property)} {CSharpNames.Property(owner, className, property)};");
            code.Line("[OutputConstructor]");
            var parameters = properties.Properties.Select(p => $"{Type(p)} {CSharpNames.Parameter(p)}");
            code.Block($"private {className}({string.Join(", ", parameters)})", () =>
            {
                foreach (var property in properties.Properties)
                    code.Line($"this.{CSharpNames.Property(owner, className, property)} = {CSharpNames.Parameter(property)};");
            });
        });
    }

    private string Type(PropertySpec property)
    {
        var isNullable = !property.Required && !schema.CSharp.IsKubernetes && property.Type is not PropertyType.List;
        return types.Output(property.Type) + (isNullable ? "?" : "");
    }
}
