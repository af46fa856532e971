using Pulumi;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Kubernetes;

/// <summary>The arguments of an object whose kind a CRD adds.</summary>
internal sealed class CustomObjectArgs : K8s.ApiExtensions.CustomResourceArgs
{
    [Input("spec")]
    private InputMap<object>? _spec;

    public CustomObjectArgs(string apiVersion, string kind)
        : base(apiVersion, kind)
    {
    }

    /// <summary>The object's spec as the CRD has it; tests check it against the CRD's own schema.</summary>
    public InputMap<object> Spec
    {
        get => _spec ??= new InputMap<object>();
        init => _spec = value;
    }
}

/// <summary>An object whose kind a CRD adds, e.g. Karpenter's NodePool.</summary>
internal sealed class CustomObject(string name, CustomObjectArgs args, CustomResourceOptions options)
    : K8s.ApiExtensions.CustomResource(name, args, options);
