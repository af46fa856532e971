using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>Stands for all providers: says what a resource's id and state are, and what a function returns.</summary>
public interface IMocks
{
    /// <summary>Called once for each resource except the stack, in no fixed order.</summary>
    /// <returns>The id, null while it is not known, and the state: a dictionary with string keys.</returns>
    Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args);

    /// <summary>Called for each call of a provider function.</summary>
    /// <returns>The result: a dictionary with string keys.</returns>
    Task<object> CallAsync(MockCallArgs args);

    /// <summary>Called when a component or the stack registers its outputs.</summary>
    Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest args) => Task.CompletedTask;
}

/// <summary>A resource that is registered or read.</summary>
public class MockResourceArgs
{
    /// <summary>The type, such as <c>aws:s3/bucket:Bucket</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The name that the program gave.</summary>
    public string? Name { get; set; }

    /// <summary>The inputs that are known; secrets are plain.</summary>
    public ImmutableDictionary<string, object> Inputs { get; set; } = null!;

    /// <summary>The provider as <c>urn::id</c>; empty means the default one.</summary>
    public string? Provider { get; set; }

    /// <summary>The id of a resource that is read or imported; otherwise empty.</summary>
    public string? Id { get; set; }
}

/// <summary>A call of a provider function.</summary>
public class MockCallArgs
{
    /// <summary>The function, such as <c>aws:index/getRegion:getRegion</c>.</summary>
    public string? Token { get; set; }

    /// <summary>The arguments that are known.</summary>
    public ImmutableDictionary<string, object> Args { get; set; } = null!;

    /// <summary>The provider as <c>urn::id</c>; empty means the default one.</summary>
    public string? Provider { get; set; }
}

/// <summary>Outputs that a component or the stack registers.</summary>
public class MockRegisterResourceOutputsRequest(string urn, ImmutableDictionary<string, Output<object?>> outputs)
{
    /// <summary>Whose outputs they are.</summary>
    public readonly string Urn = urn;

    /// <summary>The outputs by name.</summary>
    public readonly ImmutableDictionary<string, Output<object?>> Outputs = outputs;
}
