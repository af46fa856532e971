using System.Collections.Immutable;
using System.Text.Json;
using AkiDb.Infra.Plan.Json;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Plan.Schema;

/// <summary>
/// Checks every input of a plan against the provider schemas: property names, required inputs, types, enum values. The C#
/// compiler refuses most of this before; what it cannot see is a plan from elsewhere, a map or JSON built by hand, and a
/// required input that is null.
/// </summary>
public sealed class SchemaCheck
{
    private const string ProviderPrefix = "pulumi:providers:";

    private readonly ImmutableDictionary<string, PackageSchema> _packages;

    private SchemaCheck(ImmutableDictionary<string, PackageSchema> packages) => _packages = packages;

    /// <summary>A check against the slices of this repository.</summary>
    public static SchemaCheck Load() => new(PackageSchema.LoadAll());

    /// <summary>Every violation in <paramref name="plan"/>, in the plan's order; duplicate URNs are among them.</summary>
    public ImmutableArray<SchemaViolation> Check(StackPlan plan) =>
    [
        .. plan.DuplicateUrns.Select(urn => new SchemaViolation(urn, "", "two resources of this URN", "a name of its own for each")),
        .. plan.Resources.Where(resource => resource.IsCustom).SelectMany(Check),
    ];

    private IEnumerable<SchemaViolation> Check(PlannedResource resource)
    {
        var isProvider = resource.Type.StartsWith(ProviderPrefix, StringComparison.Ordinal);
        var package = isProvider ? resource.Type[ProviderPrefix.Length..] : resource.Type.Split(':')[0];
        var urn = resource.Urn.ToString();
        if (package == "pulumi" || !_packages.TryGetValue(package, out var schema))
        {
            return package == "pulumi" ? [] : [new SchemaViolation(urn, "", $"a resource of package '{package}'",
                $"one of {string.Join(", ", _packages.Keys.Order(StringComparer.Ordinal))}")];
        }

        if (isProvider)
            return new ObjectCheck(schema, urn, jsonTexts: true).Check("", resource.Inputs, schema.Provider);
        if (schema.InputsOf(resource.Type) is { } inputs)
            return new ObjectCheck(schema, urn, jsonTexts: false).Check("", resource.Inputs, inputs);
        return IsKubernetesCustomResource(resource)
            ? []
            : [new SchemaViolation(urn, "", $"type '{resource.Type}', which the {package} slice lacks",
                $"{Spelling.Nearest(resource.Type, schema.ResourceTokens)} or './akidb sdk add {resource.Type}'")];
    }

    // Kinds that a CRD adds have no schema in the provider; their API group is the token's middle and has a dot and no k8s.io.
    private static bool IsKubernetesCustomResource(PlannedResource resource)
    {
        var parts = resource.Type.Split(':');
        return parts[0] == "kubernetes" && parts.Length == 3
            && resource.Input("apiVersion") is TextValue version && version.Value == parts[1]
            && resource.Input("kind") is TextValue kind && kind.Value == parts[2]
            && parts[1].Contains('.', StringComparison.Ordinal);
    }

    /// <summary>The walk over one resource's inputs.</summary>
    /// <param name="schema">Where nested types are looked up.</param>
    /// <param name="urn">The resource that violations name.</param>
    /// <param name="jsonTexts">True for provider inputs, which travel as JSON text unless they are text themselves.</param>
    private sealed class ObjectCheck(PackageSchema schema, string urn, bool jsonTexts)
    {
        public IEnumerable<SchemaViolation> Check(string path, MapValue value, ObjectSchema wanted)
        {
            foreach (var name in wanted.Required.Where(name => !value.Entries.ContainsKey(name)).Order(StringComparer.Ordinal))
                yield return Violation(PropertyPath.Append(path, name), "nothing", $"{wanted.Properties[name].Title}: it is required");

            foreach (var (name, entry) in value.Entries)
            {
                var at = PropertyPath.Append(path, name);
                if (!wanted.Properties.TryGetValue(name, out var type))
                {
                    var hint = wanted.IsPruned ? "; the slice keeps only part of this type, './akidb sdk add' can add to it" : "";
                    yield return Violation(at, "a property that does not exist", Spelling.Nearest(name, wanted.Properties.Keys) + hint);
                }
                else if (wanted.Constants.TryGetValue(name, out var constant) && entry is TextValue text && text.Value != constant)
                {
                    yield return Violation(at, Describe(entry), $"'{constant}'");
                }
                else
                {
                    foreach (var violation in Check(at, entry, type))
                        yield return violation;
                }
            }
        }

        private IEnumerable<SchemaViolation> Check(string path, PlanValue value, PropertyType type) => (type, value) switch
        {
            (_, UnknownValue or SecretValue) => [],
            (PropertyType.Array array, ListValue list) =>
                list.Items.SelectMany((item, index) => Check(PropertyPath.Append(path, index), item, array.Items)),
            (PropertyType.Map map, MapValue entries) =>
                entries.Entries.SelectMany(entry => Check(PropertyPath.Append(path, entry.Key), entry.Value, map.Values)),
            (PropertyType.Object reference, _) => CheckNamed(path, value, reference),
            (PropertyType.OneOf union, _) => CheckUnion(path, value, union),
            (PropertyType.Asset, AssetValue) => [],
            (PropertyType.Primitive primitive, _) when Fits(primitive.Kind, value) => [],
            _ when jsonTexts && value is TextValue text && FromJson(text.Value) is { } inner => Check(path, inner, type),
            _ => [Violation(path, Describe(value), type.Title)],
        };

        private IEnumerable<SchemaViolation> CheckNamed(string path, PlanValue value, PropertyType.Object type)
        {
            if (schema.EnumOf(type.Token) is { Count: > 0 } values)
            {
                return value is TextValue text && values.Contains(text.Value) || value is NumberValue
                    ? []
                    : [Violation(path, Describe(value), $"one of {string.Join(", ", values)}")];
            }

            var wanted = schema.ObjectOf(type.Token)
                ?? throw new KeyNotFoundException($"The {schema.Name} slice refers to type '{type.Token}', which it lacks.");
            if (value is MapValue map)
                return Check(path, map, wanted);
            return jsonTexts && value is TextValue json && FromJson(json.Value) is MapValue inner
                ? Check(path, inner, wanted)
                : [Violation(path, Describe(value), $"object {type.Title}")];
        }

        private IEnumerable<SchemaViolation> CheckUnion(string path, PlanValue value, PropertyType.OneOf union)
        {
            var attempts = union.Choices.Select(choice => Check(path, value, choice).ToList()).ToList();
            return attempts.Any(attempt => attempt.Count == 0) ? [] : [Violation(path, Describe(value), union.Title)];
        }

        private static bool Fits(string kind, PlanValue value) => kind switch
        {
            "any" or "object" => true,
            "string" => value is TextValue,
            "boolean" => value is BooleanValue,
            "number" => value is NumberValue,
            "integer" => value is NumberValue number && double.IsInteger(number.Value),
            _ => false,
        };

        private static PlanValue? FromJson(string text)
        {
            try
            {
                using var document = JsonDocument.Parse(text);
                return PlanValueJson.Read(document.RootElement);
            }
            catch (JsonException)
            {
                return null;
            }
        }

        private SchemaViolation Violation(string path, string found, string wanted) => new(urn, path, found, wanted);

        private static string Describe(PlanValue value) => value switch
        {
            NullValue => "null",
            BooleanValue boolean => boolean.Value ? "true" : "false",
            NumberValue number => FormattableString.Invariant($"{number.Value}"),
            TextValue text => $"text '{(text.Value.Length > 60 ? text.Value[..60] + "…" : text.Value)}'",
            ListValue => "a list",
            MapValue => "an object",
            AssetValue => "an asset",
            _ => "a reference to a resource",
        };
    }
}
