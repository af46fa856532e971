using Pulumi.Serialization;

namespace Pulumi;

/// <summary>A resource that a provider manages.</summary>
public class CustomResource : Resource
{
    /// <summary>Registers the resource.</summary>
    public CustomResource(string type, string name, ResourceArgs? args, CustomResourceOptions? options = null)
        : base(type, name, isCustom: true, args ?? ResourceArgs.Empty, options ?? new CustomResourceOptions(), isRemote: false)
    {
    }

    /// <summary>Registers the resource; the request must be null here.</summary>
    public CustomResource(
        string type, string name, ResourceArgs? args, CustomResourceOptions? options = null,
        RegisterPackageRequest? registerPackageRequest = null)
        : this(type, name, args, options)
        => _ = registerPackageRequest;

    private protected CustomResource(string type, string name) : base(type, name)
    {
    }

    /// <summary>The provider's id; unknown while the resource does not exist.</summary>
    [Output(WireFormat.IdProperty)]
    public Output<string> Id { get; private protected set; } = null!;
}

/// <summary>Stands for a resource of which only the URN is known.</summary>
internal sealed class DependencyResource : CustomResource
{
    public DependencyResource(string urn) : base("", "")
        => Urn = new Output<string>(Task.FromResult(new OutputData<string>([this], urn, IsKnown: true, IsSecret: false)));
}
