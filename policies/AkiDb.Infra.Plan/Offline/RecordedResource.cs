using Pulumi;

namespace AkiDb.Infra.Plan.Offline;

/// <summary>A resource as its constructor was called, before Pulumi inherits anything from its parent.</summary>
internal sealed record RecordedResource(Resource Resource, ResourceArgs Args, ResourceOptions Options)
{
    public string Type => Resource.GetResourceType();

    public string Name => Resource.GetResourceName();
}
