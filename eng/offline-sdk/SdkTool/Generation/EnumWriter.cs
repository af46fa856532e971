using AkiDb.SdkTool.Schema;

namespace AkiDb.SdkTool.Generation;

/// <summary>Writes enumerations: structs around the wire value, as the published packages have them.</summary>
internal sealed class EnumWriter(CodeWriter code)
{
    public void Write(TypeSpec type)
    {
        if (type.EnumElement is not PropertyType.Primitive { Name: "string" })
            throw new SchemaException($"{type.Token}: only enumerations of strings are supported; extend EnumWriter for this one.");
        var name = CSharpNames.Class(type.Token);
        code.Line("[EnumType]");
        code.Block($"public readonly struct {name} : global::System.IEquatable<{name}>", () =>
        {
            code.Line("private readonly string _value;");
            code.Block($"private {name}(string value)", () => code.Line("_value = value ?? throw new global::System.ArgumentNullException(nameof(value));"));
            foreach (var value in type.Enum!)
                code.Line($"public static {name} {value.Name} {{ get; }} = new {name}({CodeWriter.Quote(value.Value)});");
            code.Line($"public static bool operator ==({name} left, {name} right) => left.Equals(right);");
            code.Line($"public static bool operator !=({name} left, {name} right) => !left.Equals(right);");
            code.Line($"public static explicit operator string({name} value) => value._value;");
            code.Line($"public override bool Equals(object? obj) => obj is {name} other && Equals(other);");
            code.Line($"public bool Equals({name} other) => string.Equals(_value, other._value, global::System.StringComparison.Ordinal);");
            code.Line("public override int GetHashCode() => _value?.GetHashCode(global::System.StringComparison.Ordinal) ?? 0;");
            code.Line("public override string ToString() => _value;");
        });
    }
}
