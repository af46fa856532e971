using System.Collections.Immutable;

namespace Pulumi;

/// <summary>The outputs of another stack.</summary>
public class StackReference : CustomResource
{
    /// <summary>Reads the stack.</summary>
    /// <param name="name">The full name, <c>organization/project/stack</c>, unless the args give one.</param>
    /// <param name="args">The full name when the resource's name is not it.</param>
    /// <param name="options">The options; null means none.</param>
    public StackReference(string name, StackReferenceArgs? args = null, CustomResourceOptions? options = null)
        : base(
            "pulumi:pulumi:StackReference",
            name,
            new StackReferenceArgs { Name = args?.Name ?? name },
            CustomResourceOptions.Merge(options, new CustomResourceOptions { Id = args?.Name ?? name }))
    {
    }

    /// <summary>The full name of the stack.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    /// <summary>All outputs of the stack.</summary>
    [Output("outputs")]
    public Output<ImmutableDictionary<string, object>> Outputs { get; private set; } = null!;

    /// <summary>The names of the outputs that are secret.</summary>
    [Output("secretOutputNames")]
    public Output<ImmutableArray<string>> SecretOutputNames { get; private set; } = null!;

    /// <summary>The output of that name, or null; secret if the stack's output is.</summary>
    public Output<object?> GetOutput(Input<string> name)
        => Output.Tuple(name, (Input<ImmutableDictionary<string, object>>)Outputs)
            .Apply(read => read.Item2.TryGetValue(read.Item1, out var value) ? value : null)
            .WithSecret(IsSecretAsync(name));

    /// <summary>The output of that name; fails if there is none. Secret if the stack's output is.</summary>
    public Output<object> RequireOutput(Input<string> name)
        => Output.Tuple(name, (Input<string>)Name, (Input<ImmutableDictionary<string, object>>)Outputs)
            .Apply(read => read.Item3.TryGetValue(read.Item1, out var value)
                ? value
                : throw new KeyNotFoundException($"Required output '{read.Item1}' does not exist on stack '{read.Item2}'."))
            .WithSecret(IsSecretAsync(name));

    /// <summary>The value of the output of that name, or null.</summary>
    /// <exception cref="InvalidOperationException">The output is secret.</exception>
    public Task<object?> GetValueAsync(Input<string> name) => PlainValueAsync(GetOutput(name), nameof(GetOutput));

    /// <summary>The value of the output of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such output.</exception>
    /// <exception cref="InvalidOperationException">The output is secret.</exception>
    public Task<object> RequireValueAsync(Input<string> name) => PlainValueAsync(RequireOutput(name), nameof(RequireOutput));

    private static async Task<T> PlainValueAsync<T>(Output<T> output, string insteadUse)
    {
        var data = await output.DataTask.ConfigureAwait(false);
        return data.IsSecret
            ? throw new InvalidOperationException($"The output of the referenced stack is secret; use {insteadUse}, which keeps it so.")
            : data.Value;
    }

    /// <summary>Whether an output is secret; when the names are not known, whether anything in the stack's outputs is.</summary>
    private async Task<bool> IsSecretAsync(Input<string> name)
    {
        var wanted = await name.ToOutput().DataTask.ConfigureAwait(false);
        var secrets = await SecretOutputNames.DataTask.ConfigureAwait(false);
        if (!wanted.IsKnown || !secrets.IsKnown)
        {
            return (await Outputs.DataTask.ConfigureAwait(false)).IsSecret;
        }

        return secrets.Value.Contains(wanted.Value);
    }
}

/// <summary>Which stack a <see cref="StackReference"/> reads.</summary>
public class StackReferenceArgs : ResourceArgs
{
    /// <summary>The full name, <c>organization/project/stack</c>.</summary>
    [Input("name", required: true)]
    public Input<string>? Name { get; set; }
}
