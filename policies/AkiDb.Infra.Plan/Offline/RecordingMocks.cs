using System.Collections.Concurrent;
using System.Collections.Immutable;
using AkiDb.Infra.Plan.Values;
using Pulumi.Testing;

namespace AkiDb.Infra.Plan.Offline;

/// <summary>Answers for the providers and keeps the inputs that each resource was registered with.</summary>
internal sealed class RecordingMocks(ProviderAnswers answers) : IMocks
{
    private readonly ConcurrentDictionary<string, Registration> _byId = new();
    private readonly ConcurrentDictionary<(string Type, string Name), Registration> _byName = new();

    /// <summary>A resource as a provider saw it.</summary>
    /// <param name="Inputs">Its inputs.</param>
    /// <param name="ProviderId">Id of the provider resource in charge, or null.</param>
    internal sealed record Registration(MapValue Inputs, string? ProviderId);

    /// <inheritdoc/>
    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        var type = args.Type ?? "";
        var name = args.Name ?? "";
        var inputs = WireInputs.Read(args.Inputs);
        var providerId = args.Provider is { Length: > 0 } provider ? provider[(provider.LastIndexOf("::", StringComparison.Ordinal) + 2)..] : null;
        var (id, state) = answers.Answer(type, name, inputs, args.Inputs, providerId);

        var registration = new Registration(inputs, providerId);
        // Two resources of one type and name differ by parents that mocks do not see; the later gets an id of its own.
        var unique = id;
        for (var copy = 2; !_byId.TryAdd(unique, registration); copy++)
            unique = $"{id}-{copy}";
        _byName[(type, name)] = registration;
        return Task.FromResult<(string?, object)>((unique, state));
    }

    /// <inheritdoc/>
    public Task<object> CallAsync(MockCallArgs args) =>
        Task.FromResult<object>(answers.Invoke(args.Token ?? "", WireInputs.Read(args.Args)));

    /// <summary>True once a provider was asked for it.</summary>
    public bool HasAnswered(RecordedResource resource) =>
        resource.Type == ResourceUrn.StackType || _byName.ContainsKey((resource.Type, resource.Name));

    /// <summary>What was registered under the id that the mocks gave.</summary>
    public Registration? ById(string id) => _byId.GetValueOrDefault(id);

    /// <summary>What was registered under a type and name; for components, which have no id.</summary>
    public Registration? ByName(string type, string name) => _byName.GetValueOrDefault((type, name));
}
