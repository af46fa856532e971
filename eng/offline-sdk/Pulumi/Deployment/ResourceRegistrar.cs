using System.Collections.Immutable;
using Pulumi.Serialization;
using Pulumi.Testing;

namespace Pulumi;

/// <summary>Registers resources: waits for what they depend on, sends their inputs, resolves their outputs.</summary>
internal sealed class ResourceRegistrar(Evaluation evaluation)
{
    /// <summary>Starts the registration; it goes on until it has to wait for something.</summary>
    public void Start(Resource resource, ResourceArgs args, ResourceOptions options)
        => evaluation.Pending.Watch(CompleteAsync(resource, args, options));

    /// <summary>Starts to register the outputs of a component.</summary>
    public void StartOutputs(ComponentResource component, Output<IDictionary<string, object?>> outputs)
        => evaluation.Pending.Watch(CompleteOutputsAsync(component, outputs));

    private async Task CompleteAsync(Resource resource, ResourceArgs args, ResourceOptions options)
    {
        try
        {
            var result = await RegisterOrReadAsync(resource, args, options).ConfigureAwait(false);
            resource.Slots.Resolve(result.Urn, result.Id, result.State);
            resource.Slots.ResolveRest(isKnown: !evaluation.IsDryRun);
        }
        catch (Exception error)
        {
            resource.Slots.Fail(error);
            throw;
        }
    }

    private async Task<ResourceResult> RegisterOrReadAsync(Resource resource, ResourceArgs args, ResourceOptions options)
    {
        if (options.Urn is not null)
        {
            return evaluation.Monitor.Get(options.Urn);
        }

        var id = options.Id is null ? "" : await options.Id.ToOutput().GetValueAsync(whenUnknown: "").ConfigureAwait(false);
        if (!string.IsNullOrEmpty(id))
        {
            if (resource is not CustomResource)
            {
                throw new ArgumentException(
                    $"ResourceOptions.Id is only valid for a CustomResource, not for '{resource.GetResourceName()}'.");
            }

            var read = await PrepareAsync(resource, isCustom: true, id, args, options).ConfigureAwait(false);
            return await evaluation.Monitor.ReadAsync(resource, read).ConfigureAwait(false);
        }

        if (options.DeletedWith is not null)
        {
            await options.DeletedWith.Urn.DataTask.ConfigureAwait(false);
        }

        var importId = (options as CustomResourceOptions)?.ImportId ?? "";
        var request = await PrepareAsync(resource, resource is CustomResource, importId, args, options).ConfigureAwait(false);
        return await evaluation.Monitor.RegisterAsync(resource, request).ConfigureAwait(false);
    }

    private async Task<ResourceRequest> PrepareAsync(
        Resource resource, bool isCustom, string id, ResourceArgs args, ResourceOptions options)
    {
        var type = resource.GetResourceType();
        var name = resource.GetResourceName();
        var dependencies = new HashSet<Resource>(
            await options.DependsOn.ToOutput().GetValueAsync(whenUnknown: []).ConfigureAwait(false));
        var properties = args.ReadInputs().Where(input => input.Key is not (WireFormat.IdProperty or WireFormat.UrnProperty));
        var inputs = await PropertyBag.SerializeAsync($"resource:{name}[{type}]", properties).ConfigureAwait(false);
        dependencies.UnionWith(inputs.Dependencies);

        var parent = type == Stack.RootType ? ""
            : await (options.Parent ?? evaluation.Stack).Urn.GetValueAsync(whenUnknown: "").ConfigureAwait(false);
        var provider = isCustom ? options.Provider ?? options.Parent?.ProviderFor(type) : null;
        var reference = provider is null ? "" : await provider.GetReferenceAsync().ConfigureAwait(false);
        await WhenRegisteredAsync(dependencies).ConfigureAwait(false);
        return new(type, name, parent, reference, id, inputs.Values);
    }

    /// <summary>
    /// Waits for resources; a component stands for what is in it by now. A resource that depends on its own parent therefore
    /// waits for itself, here as in the published SDK.
    /// </summary>
    private static async Task WhenRegisteredAsync(IEnumerable<Resource> resources)
    {
        foreach (var resource in resources)
        {
            if (resource is ComponentResource component)
            {
                await component.WhenDescendantsRegisteredAsync().ConfigureAwait(false);
            }

            if (resource is not ComponentResource { IsRemote: false })
            {
                await resource.Urn.DataTask.ConfigureAwait(false);
            }
        }
    }

    private async Task CompleteOutputsAsync(ComponentResource component, Output<IDictionary<string, object?>> outputs)
    {
        var urn = await component.Urn.GetValueAsync(whenUnknown: "").ConfigureAwait(false);
        var values = await outputs.GetValueAsync(whenUnknown: ImmutableDictionary<string, object?>.Empty).ConfigureAwait(false);
        var wire = await PropertyBag.SerializeAsync("monitor.registerResourceOutputs(...)", values).ConfigureAwait(false);
        await evaluation.Monitor.RegisterOutputsAsync(urn, wire.Values).ConfigureAwait(false);
    }
}
