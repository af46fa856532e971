using System.Globalization;
using AkiDb.SdkTool.Schema;

namespace AkiDb.SdkTool.Generation;

/// <summary>What an args class is derived from and how its properties look.</summary>
internal enum ArgsKind
{
    /// <summary>Arguments of a resource, or of a type inside them: properties are inputs.</summary>
    Resource,

    /// <summary>Arguments of a provider: like a resource's, but everything except strings travels as JSON text.</summary>
    Provider,

    /// <summary>Plain arguments of a function.</summary>
    PlainFunction,

    /// <summary>Arguments of a function that may be outputs of resources.</summary>
    OutputFunction,

    /// <summary>Arguments of a type inside those.</summary>
    OutputFunctionType,
}

/// <summary>Writes args classes.</summary>
internal sealed class ArgsWriter(PackageSchema schema, TypeNames types, CodeWriter code)
{
    public void Write(string owner, string className, PropertySet properties, ArgsKind kind)
    {
        var isOpen = schema.CSharp.IsKubernetes && kind == ArgsKind.Resource;
        var baseClass = kind is ArgsKind.PlainFunction or ArgsKind.OutputFunction ? "global::Pulumi.InvokeArgs" : "global::Pulumi.ResourceArgs";
        code.Block($"public {(isOpen ? "" : "sealed ")}class {className} : {baseClass}", () =>
        {
            foreach (var property in properties.Properties)
                Property(owner, className, property, kind);
            var defaults = properties.Properties.Where(p => p.Default is not null).ToList();
            code.Block($"public {className}()", () =>
            {
                foreach (var property in defaults)
                    code.Line($"{CSharpNames.Property(owner, className, property)} = {Literal(property.Default!)};");
            });
            code.Line($"public static new {className} Empty => new {className}();");
        });
    }

    private void Property(string owner, string className, PropertySpec property, ArgsKind kind)
    {
        var name = CSharpNames.Property(owner, className, property);
        var type = kind switch
        {
            ArgsKind.PlainFunction => types.Plain(property.Type),
            ArgsKind.OutputFunction or ArgsKind.OutputFunctionType => types.Input(property.Type, "InputArgs"),
            _ => types.Input(property.Type, "Args"),
        };
        var isCollection = property.Type is PropertyType.List or PropertyType.Map;
        var attribute = $"[Input({CodeWriter.Quote(property.Name)}"
            + (property.Required ? ", required: true" : "")
            + (kind == ArgsKind.Provider && !IsText(property.Type) ? ", json: true" : "") + ")]";
        code.Line(attribute);
        if (isCollection || property.Secret)
        {
            Backed(name, type, property, isCollection);
            return;
        }

        code.Line(property.Required
            ? $"public {type} {name} {{ get; set; }} = {(IsValue(type) ? "default" : "null")}!;"
            : $"public {type}? {name} {{ get; set; }}");
    }

    // The attribute sits on a field, so that a list that nobody asked for stays absent and a secret is marked when it is set.
    private void Backed(string name, string type, PropertySpec property, bool isCollection)
    {
        var field = "_" + CSharpNames.Parameter(property).TrimStart('@');
        code.Line($"private {type}? {field};");
        code.Block($"public {type}{(isCollection ? "" : "?")} {name}", () =>
        {
            code.Line(isCollection ? $"get => {field} ?? ({field} = new {type}());" : $"get => {field};");
            if (!property.Secret)
            {
                code.Line($"set => {field} = value;");
                return;
            }

            code.Block("set", () => Secret(field, type, property));
        });
    }

    private void Secret(string field, string type, PropertySpec property)
    {
        if (property.Type is PropertyType.Map map)
        {
            code.Line($"var emptySecret = Output.CreateSecret(ImmutableDictionary.Create<string, {types.Output(map.Values)}>());");
            code.Line($"{field} = Output.All(value, emptySecret).Apply(v => v[0]);");
        }
        else if (property.Type is PropertyType.List list)
        {
            code.Line($"var emptySecret = Output.CreateSecret(ImmutableArray.Create<{types.Output(list.Items)}>());");
            code.Line($"{field} = Output.All(value, emptySecret).Apply(v => v[0]);");
        }
        else
        {
            code.Line("var emptySecret = Output.CreateSecret(0);");
            code.Line($"{field} = Output.Tuple<{type}?, int>(value, emptySecret).Apply(t => t.Item1);");
        }
    }

    private bool IsText(PropertyType type) => type switch
    {
        PropertyType.Primitive primitive => primitive.Name == "string",
        PropertyType.Named named => schema.Types[named.Token].EnumElement is PropertyType.Primitive { Name: "string" },
        _ => false,
    };

    private static bool IsValue(string type) => type is "bool" or "int" or "double";

    private static string Literal(object value) => value switch
    {
        string text => CodeWriter.Quote(text),
        bool flag => flag ? "true" : "false",
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        _ => throw new SchemaException($"no C# literal for {value}"),
    };
}
