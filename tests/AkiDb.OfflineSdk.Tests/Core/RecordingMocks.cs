using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pulumi.Testing;

namespace AkiDb.OfflineSdk.Tests.Core;

/// <summary>Records every request; echoes inputs as state and derives ids from names unless told otherwise.</summary>
public sealed class RecordingMocks : IMocks
{
    public ConcurrentBag<MockResourceArgs> Resources { get; } = [];

    public ConcurrentBag<MockCallArgs> Calls { get; } = [];

    public ConcurrentBag<MockRegisterResourceOutputsRequest> Outputs { get; } = [];

    public Func<MockResourceArgs, (string? Id, object State)> Answer { get; init; } = args => ($"{args.Name}-id", args.Inputs);

    public Func<MockCallArgs, object> Return { get; init; } = _ => ImmutableDictionary<string, object>.Empty;

    public async Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        Resources.Add(args);
        await Task.Yield();
        return Answer(args);
    }

    public Task<object> CallAsync(MockCallArgs args)
    {
        Calls.Add(args);
        return Task.FromResult(Return(args));
    }

    public Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest args)
    {
        Outputs.Add(args);
        return Task.CompletedTask;
    }

    public MockResourceArgs Request(string name) => Resources.Single(request => request.Name == name);

    public ImmutableDictionary<string, object> Inputs(string name) => Request(name).Inputs;
}
