using Pulumi.Serialization;

namespace Pulumi;

/// <summary>
/// A value that a resource or a computation yields, possibly later, possibly only at deployment. It remembers which
/// resources it came from and whether it is secret.
/// </summary>
public sealed class Output<T> : IOutput
{
    internal Output(Task<OutputData<T>> dataTask)
    {
        DataTask = dataTask;
        // The evaluation ends when every output is resolved, and an exception in any of them is its error.
        Evaluation.CurrentOrNull?.Pending.Watch(dataTask);
    }

    internal Task<OutputData<T>> DataTask { get; }

    /// <summary>An output that becomes known when the task ends, and fails if the task fails.</summary>
    public static Output<T> Create(Task<T> value) => FromTask(value, isSecret: false);

    /// <summary>
    /// A new output with the result of <paramref name="func"/>, which runs only if this value is known. The result depends
    /// on the same resources and is secret if this is.
    /// </summary>
    public Output<TResult> Apply<TResult>(Func<T, TResult> func)
        => ApplyCore(value => new ValueTask<OutputData<TResult>>(OutputData.Known(func(value))));

    /// <inheritdoc cref="Apply{TResult}(Func{T, TResult})"/>
    public Output<TResult> Apply<TResult>(Func<T, Task<TResult>> func)
        => ApplyCore(value => new ValueTask<OutputData<TResult>>(Output<TResult>.Create(func(value)).DataTask));

    /// <inheritdoc cref="Apply{TResult}(Func{T, TResult})"/>
    public Output<TResult> Apply<TResult>(Func<T, Input<TResult>?> func)
        => ApplyCore(value => new ValueTask<OutputData<TResult>>(func(value).ToOutput().DataTask));

    /// <inheritdoc cref="Apply{TResult}(Func{T, TResult})"/>
    public Output<TResult> Apply<TResult>(Func<T, Output<TResult>?> func)
        => ApplyCore(value => func(value) is { } output
            ? new ValueTask<OutputData<TResult>>(output.DataTask)
            : new(OutputData.Known(default(TResult)!)));

    /// <summary>Runs <paramref name="func"/> if this value is known; the result is resolved when its task ends.</summary>
    public Output<ValueTuple> Apply(Func<T, Task> func)
        => ApplyCore(async value =>
        {
            await func(value).ConfigureAwait(false);
            return OutputData.Known(ValueTuple.Create());
        });

    /// <summary>An explanation that an output is not its value; also logged as a warning.</summary>
    /// <exception cref="InvalidOperationException">The environment variable PULUMI_ERROR_OUTPUT_STRING is 1 or true.</exception>
    public override string ToString()
    {
        const string Explanation =
            "An Output<T> cannot be turned into a string: its value may not be known yet. Use output.Apply(v => $\"…{v}…\") or " +
            "Output.Format($\"…{output}…\"), which give an Output<string> (Calling [ToString] on an [Output<T>] is not supported).";
        if (Environment.GetEnvironmentVariable("PULUMI_ERROR_OUTPUT_STRING") is { } refuse
            && (refuse == "1" || string.Equals(refuse, "true", StringComparison.OrdinalIgnoreCase)))
        {
            throw new InvalidOperationException(Explanation);
        }

        Log.Warn(Explanation);
        return Explanation;
    }

    Output<TResult> IOutput.ApplyUntyped<TResult>(Func<object?, Task<TResult>> func) => Apply(value => func(value));

    async Task<OutputData<object?>> IOutput.GetDataAsync() => (await DataTask.ConfigureAwait(false)).Untyped();

    internal static Output<T> FromTask(Task<T> value, bool isSecret)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(WaitAsync());

        async Task<OutputData<T>> WaitAsync() => OutputData.Known(await value.ConfigureAwait(false), isSecret);
    }

    internal async Task<T> GetValueAsync(T whenUnknown)
    {
        var data = await DataTask.ConfigureAwait(false);
        return data.IsKnown ? data.Value : whenUnknown;
    }

    internal Output<T> WithSecret(bool isSecret) => WithSecret(Task.FromResult(isSecret));

    internal Output<T> WithSecret(Task<bool> isSecret)
    {
        return new(MarkAsync());

        async Task<OutputData<T>> MarkAsync()
        {
            var data = await DataTask.ConfigureAwait(false);
            return data with { IsSecret = await isSecret.ConfigureAwait(false) };
        }
    }

    private Output<TResult> ApplyCore<TResult>(Func<T, ValueTask<OutputData<TResult>>> func)
    {
        return new(RunAsync());

        async Task<OutputData<TResult>> RunAsync()
        {
            var data = await DataTask.ConfigureAwait(false);
            if (!data.IsKnown)
            {
                return new(data.Resources, default!, IsKnown: false, data.IsSecret);
            }

            var result = await func(data.Value).ConfigureAwait(false);
            return result with
            {
                Resources = OutputJoin.Union(data.Resources, result.Resources),
                IsSecret = data.IsSecret || result.IsSecret,
            };
        }
    }
}
