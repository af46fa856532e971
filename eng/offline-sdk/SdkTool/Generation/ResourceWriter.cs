using AkiDb.SdkTool.Schema;

namespace AkiDb.SdkTool.Generation;

/// <summary>Writes resource classes and the provider.</summary>
internal sealed class ResourceWriter(PackageSchema schema, CSharpNames names, TypeNames types, CodeWriter code)
{
    private string Marker => schema.CSharp.RootNamespace[(schema.CSharp.RootNamespace.LastIndexOf('.') + 1)..];

    private bool IsKubernetes => schema.CSharp.IsKubernetes;

    public void Write(ResourceSpec resource)
    {
        var isProvider = resource.Token == schema.Provider.Token;
        var name = CSharpNames.Class(resource.Token);
        var args = $"global::{names.ArgsNamespace(resource.Token)}.{name}Args";
        var token = isProvider ? schema.Name : resource.Token;
        // Published C# marks deprecated resources, but not deprecated properties.
        if (resource.Deprecation is { } message)
            code.Line($"[global::System.Obsolete({CodeWriter.Quote(message)})]");
        code.Line($"[{Marker}ResourceType({CodeWriter.Quote(resource.Token)})]");
        code.Block($"public partial class {name} : {BaseClass(isProvider)}", () =>
        {
            foreach (var property in resource.Outputs.Properties)
                Output(resource.Token, name, property);
            var optional = IsKubernetes || !resource.Inputs.HasRequired;
            var given = IsKubernetes && !isProvider ? "MakeArgs(args)" : $"args ?? new {args}()";
            code.Line($"public {name}(string name, {args}{(optional ? "? args = null" : " args")}, CustomResourceOptions? options = null)");
            code.Block($"    : base({CodeWriter.Quote(token)}, name, {given}, MakeResourceOptions(options))", () => { });
            if (IsKubernetes && !isProvider)
                Constants(resource, args);
            Options(resource);
        });
    }

    private string BaseClass(bool isProvider) => isProvider
        ? "global::Pulumi.ProviderResource"
        : IsKubernetes ? $"global::{names.Root}.KubernetesResource" : "global::Pulumi.CustomResource";

    private void Output(string owner, string className, PropertySpec property)
    {
        var type = types.Output(property.Type);
        // A list that is missing reads as an empty one; Kubernetes' own classes never say null.
        var nullable = !property.Required && !IsKubernetes && property.Type is not PropertyType.List ? "?" : "";
        code.Line($"[Output({CodeWriter.Quote(property.Name)})]");
        code.Line($"public Output<{type}{nullable}> {CSharpNames.Property(owner, className, property)} {{ get; private set; }} = null!;");
    }

    private void Constants(ResourceSpec resource, string args) => code.Block($"private static {args} MakeArgs({args}? args)", () =>
    {
        code.Line($"args ??= new {args}();");
        foreach (var property in resource.Inputs.Properties.Where(p => p.Constant is not null))
            code.Line($"args.{CSharpNames.Property(resource.Token, CSharpNames.Class(resource.Token) + "Args", property)} = {CodeWriter.Quote(property.Constant!)};");
        code.Line("return args;");
    });

    private void Options(ResourceSpec resource)
    {
        code.Block("private static CustomResourceOptions MakeResourceOptions(CustomResourceOptions? options)", () =>
        {
            code.Line("var defaults = new CustomResourceOptions { Version = Utilities.Version };");
            foreach (var alias in resource.Aliases)
                code.Line($"defaults.Aliases.Add(new global::Pulumi.Alias {{ Type = {CodeWriter.Quote(alias)} }});");
            foreach (var property in resource.Outputs.Properties.Where(p => p.Secret))
                code.Line($"defaults.AdditionalSecretOutputs.Add({CodeWriter.Quote(property.Name)});");
            code.Line("return CustomResourceOptions.Merge(defaults, options);");
        });
    }
}
