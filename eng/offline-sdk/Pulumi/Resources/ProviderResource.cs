using Pulumi.Serialization;

namespace Pulumi;

/// <summary>A configured provider of a package.</summary>
public class ProviderResource : CustomResource
{
    private Task<string>? _reference;

    /// <summary>Registers the provider as <c>pulumi:providers:package</c>.</summary>
    public ProviderResource(string package, string name, ResourceArgs args, CustomResourceOptions? options = null)
        : base($"pulumi:providers:{package}", name, args, options)
        => Package = package;

    /// <summary>Registers the provider; the request must be null here.</summary>
    public ProviderResource(
        string package, string name, ResourceArgs args, CustomResourceOptions? options = null,
        RegisterPackageRequest? registerPackageRequest = null)
        : this(package, name, args, options)
        => _ = registerPackageRequest;

    internal string Package { get; }

    /// <summary>How requests name the provider: URN and id, or a marker where the id is not known yet.</summary>
    internal Task<string> GetReferenceAsync() => _reference ??= ReadReferenceAsync();

    private async Task<string> ReadReferenceAsync()
    {
        var urn = await Urn.GetValueAsync(whenUnknown: "").ConfigureAwait(false);
        var id = await Id.GetValueAsync(whenUnknown: "").ConfigureAwait(false);
        return $"{urn}::{(string.IsNullOrEmpty(id) ? WireFormat.Unknown : id)}";
    }
}
