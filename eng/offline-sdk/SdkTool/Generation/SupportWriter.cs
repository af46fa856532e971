using AkiDb.SdkTool.Schema;

namespace AkiDb.SdkTool.Generation;

/// <summary>Writes what every provider package has once: its version, the marker attribute, the Kubernetes base classes.</summary>
internal sealed class SupportWriter(PackageSchema schema, CodeWriter code)
{
    public void Write()
    {
        var root = schema.CSharp.RootNamespace;
        var marker = root[(root.LastIndexOf('.') + 1)..];
        code.Block($"namespace {root}", () =>
        {
            code.Block("static class Utilities", () =>
            {
                code.Line($"public static string Version => {CodeWriter.Quote(schema.Version)};");
                WithDefaults("InvokeOptions");
                WithDefaults("InvokeOutputOptions");
            });
            code.Block(
                $"internal sealed class {marker}ResourceTypeAttribute(string type) : global::Pulumi.ResourceTypeAttribute(type, Utilities.Version)",
                () => { });
            if (schema.CSharp.IsKubernetes)
                KubernetesResource();
        });
        if (schema.CSharp.IsKubernetes)
            code.Block($"namespace {root}.ApiExtensions", CustomResource);
    }

    private void WithDefaults(string options) => code.Block(
        $"public static global::Pulumi.{options} WithDefaults(this global::Pulumi.{options}? options)",
        () =>
        {
            code.Line($"var merged = options ?? new global::Pulumi.{options}();");
            code.Line("merged.Version ??= Version;");
            code.Line("return merged;");
        });

    private void KubernetesResource() => code.Block("public abstract class KubernetesResource : global::Pulumi.CustomResource", () =>
    {
        code.Line("internal KubernetesResource(string type, string name, ResourceArgs? args, CustomResourceOptions? options = null)");
        code.Block("    : base(type, name, args, options)", () => { });
    });

    // Custom resources have no schema: the program derives its own args, and the type follows from apiVersion and kind.
    private void CustomResource()
    {
        var root = schema.CSharp.RootNamespace;
        code.Block($"public class CustomResource : global::{root}.KubernetesResource", () =>
        {
            code.Line("[Output(\"apiVersion\")]");
            code.Line("public Output<string> ApiVersion { get; private set; } = null!;");
            code.Line("[Output(\"kind\")]");
            code.Line("public Output<string> Kind { get; private set; } = null!;");
            code.Line("[Output(\"metadata\")]");
            code.Line($"public Output<global::{root}.Types.Outputs.Meta.V1.ObjectMeta> Metadata {{ get; private set; }} = null!;");
            code.Line("public CustomResource(string name, CustomResourceArgs args, CustomResourceOptions? options = null)");
            code.Block("    : base(args.Type, name, args, options)", () => { });
        });
        code.Block("public abstract class CustomResourceArgs : global::Pulumi.ResourceArgs", () =>
        {
            code.Line("[Input(\"apiVersion\")]");
            code.Line("public Input<string> ApiVersion { get; }");
            code.Line("[Input(\"kind\")]");
            code.Line("public Input<string> Kind { get; }");
            code.Line("[Input(\"metadata\")]");
            code.Line($"public Input<global::{root}.Types.Inputs.Meta.V1.ObjectMetaArgs>? Metadata {{ get; set; }}");
            code.Line("internal string Type { get; }");
            code.Block("protected CustomResourceArgs(string apiVersion, string kind)", () =>
            {
                code.Line("ApiVersion = apiVersion;");
                code.Line("Kind = kind;");
                code.Line("Type = $\"kubernetes:{apiVersion}:{kind}\";");
            });
        });
    }
}
