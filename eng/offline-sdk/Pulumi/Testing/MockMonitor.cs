using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi.Testing;

/// <summary>A resource as it goes to the engine.</summary>
/// <param name="Type">The type.</param>
/// <param name="Name">The name that the program gave.</param>
/// <param name="Parent">The parent's URN; empty for the stack.</param>
/// <param name="Provider">The provider's reference; empty for the default one.</param>
/// <param name="Id">The id of a resource that is read or imported; otherwise empty.</param>
/// <param name="Inputs">The inputs in the wire format.</param>
internal sealed record ResourceRequest(
    string Type, string Name, string Parent, string Provider, string Id, ImmutableDictionary<string, object?> Inputs);

/// <summary>A resource as it comes back.</summary>
internal sealed record ResourceResult(string Urn, string? Id, ImmutableDictionary<string, object?> State);

/// <summary>Takes the engine's place: gives every request to the mocks and remembers the resources.</summary>
internal sealed class MockMonitor(IMocks mocks, string stackName, string projectName)
{
    private readonly Lock _lock = new();
    private readonly List<Resource> _resources = [];
    private readonly Dictionary<string, ResourceResult> _registered = new(StringComparer.Ordinal);

    /// <summary>All resources in the order of their registration.</summary>
    public ImmutableArray<Resource> Resources
    {
        get
        {
            lock (_lock)
            {
                return [.. _resources];
            }
        }
    }

    public async Task<ResourceResult> RegisterAsync(Resource resource, ResourceRequest request)
    {
        Remember(resource);
        if (request.Type == Stack.RootType)
        {
            return new(NewUrn(request), Id: null, ImmutableDictionary<string, object?>.Empty);
        }

        var (id, state) = await AskAsync(request).ConfigureAwait(false);
        return Remember(new ResourceResult(NewUrn(request), id ?? request.Id, state));
    }

    public async Task<ResourceResult> ReadAsync(Resource resource, ResourceRequest request)
    {
        var (id, state) = await AskAsync(request).ConfigureAwait(false);
        var result = Remember(new ResourceResult(NewUrn(request), id, state));
        Remember(resource);
        return result with { Id = request.Id };
    }

    /// <summary>The result of a resource that is registered already.</summary>
    public ResourceResult Get(string urn)
    {
        lock (_lock)
        {
            return _registered.TryGetValue(urn, out var result) ? result : throw new InvalidOperationException($"Unknown resource {urn}");
        }
    }

    public async Task<ImmutableDictionary<string, object?>> CallAsync(
        string token, ImmutableDictionary<string, object?> args, string provider)
    {
        var call = new MockCallArgs { Token = token, Args = KnownValues(args), Provider = provider };
        return await ToStateAsync(await mocks.CallAsync(call).ConfigureAwait(false)).ConfigureAwait(false);
    }

    public Task RegisterOutputsAsync(string urn, ImmutableDictionary<string, object?> outputs)
        => mocks.RegisterResourceOutputs(new(urn, outputs.ToImmutableDictionary(
            output => output.Key,
            output =>
            {
                var read = WireValue.Read(output.Value);
                return new Output<object?>(Task.FromResult(new OutputData<object?>([], read.Value, read.IsKnown, read.IsSecret)));
            })));

    private async Task<(string? Id, ImmutableDictionary<string, object?> State)> AskAsync(ResourceRequest request)
    {
        var (id, state) = await mocks.NewResourceAsync(new MockResourceArgs
        {
            Type = request.Type,
            Name = request.Name,
            Inputs = KnownValues(request.Inputs),
            Provider = request.Provider,
            Id = request.Id,
        }).ConfigureAwait(false);
        return (id, await ToStateAsync(state).ConfigureAwait(false));
    }

    private void Remember(Resource resource)
    {
        lock (_lock)
        {
            _resources.Add(resource);
        }
    }

    private ResourceResult Remember(ResourceResult result)
    {
        lock (_lock)
        {
            return _registered[result.Urn] = result;
        }
    }

    /// <summary>Mocks do not see the whole path of parents: only the first type of the parent's is kept.</summary>
    private string NewUrn(ResourceRequest request)
    {
        var type = request.Parent.Length == 0
            ? request.Type
            : $"{request.Parent.Split("::")[2].Split('$')[0]}${request.Type}";
        return $"urn:pulumi:{stackName}::{projectName}::{type}::{request.Name}";
    }

    /// <summary>Inputs as mocks see them: a property is left out if anything in it is unknown, and secrets are plain.</summary>
    private static ImmutableDictionary<string, object> KnownValues(ImmutableDictionary<string, object?> wire)
    {
        var known = ImmutableDictionary.CreateBuilder<string, object>();
        foreach (var (name, value) in wire)
        {
            if (WireValue.Read(value) is { IsKnown: true, Value: { } present })
            {
                known.Add(name, present);
            }
        }

        return known.ToImmutable();
    }

    private static async Task<ImmutableDictionary<string, object?>> ToStateAsync(object state)
    {
        var wire = await new PropertySerializer(keepResources: true).SerializeAsync("", state).ConfigureAwait(false);
        return wire as ImmutableDictionary<string, object?>
            ?? throw new InvalidOperationException($"{state.GetType().FullName} is not a supported argument type");
    }
}
