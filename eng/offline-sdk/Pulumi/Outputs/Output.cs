using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Makes and combines outputs.</summary>
public static partial class Output
{
    /// <summary>A known output that depends on no resource.</summary>
    public static Output<T> Create<T>(T value) => new(Task.FromResult(OutputData.Known(value)));

    /// <summary>An output that becomes known when the task ends, and fails if the task fails.</summary>
    public static Output<T> Create<T>(Task<T> value) => Output<T>.Create(value);

    /// <summary>A known output that is secret.</summary>
    public static Output<T> CreateSecret<T>(T value) => new(Task.FromResult(OutputData.Known(value, isSecret: true)));

    /// <summary>A secret output that becomes known when the task ends.</summary>
    public static Output<T> CreateSecret<T>(Task<T> value) => Output<T>.FromTask(value, isSecret: true);

    /// <summary>The same output, made secret.</summary>
    public static Output<T> CreateSecret<T>(Output<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.WithSecret(true);
    }

    /// <summary>The same output, no longer secret.</summary>
    public static Output<T> Unsecret<T>(Output<T> output) => output.WithSecret(false);

    /// <summary>Whether the output is secret; waits until it is resolved.</summary>
    public static async Task<bool> IsSecretAsync<T>(Output<T> output)
    {
        var data = await output.DataTask.ConfigureAwait(false);
        return data.IsSecret;
    }

    /// <summary>All values in the order of the inputs; known when all are known, secret when one is secret.</summary>
    public static Output<ImmutableArray<T>> All<T>(params Input<T>[] inputs) => AllOf(inputs);

    /// <inheritdoc cref="All{T}(Input{T}[])"/>
    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Input<T>> inputs) => AllOf([.. inputs]);

    /// <inheritdoc cref="All{T}(Input{T}[])"/>
    public static Output<ImmutableArray<T>> All<T>(params Output<T>[] outputs) => All(outputs.AsEnumerable());

    /// <inheritdoc cref="All{T}(Input{T}[])"/>
    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Output<T>> outputs)
        => AllOf([.. outputs.Select(output => (Input<T>)output)]);

    /// <summary>Formats a string whose holes may be inputs or outputs, with the invariant culture.</summary>
    public static Output<string> Format(FormattableString formattableString)
    {
        var holes = formattableString.GetArguments().Select(AsObjectInput).ToArray();
        return AllOf(holes).Apply(values =>
            string.Format(CultureInfo.InvariantCulture, formattableString.Format, [.. values]));
    }

    /// <summary>
    /// The value as JSON text. Outputs and inputs inside it are waited for; an unknown one makes the text unknown, a secret
    /// one makes it secret.
    /// </summary>
    public static Output<string> JsonSerialize<T>(Output<T> value, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(JsonWithOutputs.WriteAsync(value, options));
    }

    /// <summary>The value that the JSON text describes; secret when the text is.</summary>
    public static Output<T> JsonDeserialize<T>(Output<string> json, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new(JsonWithOutputs.ReadAsync<T>(json, options));
    }

    internal static Output<ImmutableArray<T>> AllOf<T>(IReadOnlyCollection<Input<T>> inputs)
    {
        return new(JoinAsync());

        async Task<OutputData<ImmutableArray<T>>> JoinAsync()
        {
            var join = new OutputJoin();
            var values = ImmutableArray.CreateBuilder<T>(inputs.Count);
            foreach (var input in inputs)
            {
                values.Add(await join.Take(input).ConfigureAwait(false));
            }

            return join.Complete(values.MoveToImmutable());
        }
    }

    private static Input<object?> AsObjectInput(object? value)
    {
        var output = value is IInput input ? input.ToUntypedOutput() : value as IOutput;
        return output is null ? Create(value) : new Output<object?>(output.GetDataAsync());
    }
}
