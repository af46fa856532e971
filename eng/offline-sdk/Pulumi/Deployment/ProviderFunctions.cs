using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Calls of provider functions.</summary>
internal sealed class ProviderFunctions(Evaluation evaluation)
{
    /// <summary>Calls with whatever of the arguments is known.</summary>
    public async Task<T> CallPlainAsync<T>(string token, InvokeArgs? args, InvokeOptions? options)
    {
        var arguments = await SerializeAsync(token, args).ConfigureAwait(false);
        return (await CallAsync<T>(token, arguments, options).ConfigureAwait(false)).Value;
    }

    public async Task CallForEffectAsync(string token, InvokeArgs? args, InvokeOptions? options)
    {
        var arguments = await SerializeAsync(token, args).ConfigureAwait(false);
        await evaluation.Monitor.CallAsync(token, arguments.Values, await ReferenceAsync(token, options).ConfigureAwait(false))
            .ConfigureAwait(false);
    }

    /// <summary>Calls once all arguments and dependencies exist; otherwise the result is unknown and nothing is called.</summary>
    public Output<T> Call<T>(string token, InvokeArgs? args, InvokeOptions? options)
    {
        return new(CallWhenKnownAsync());

        async Task<OutputData<T>> CallWhenKnownAsync()
        {
            var arguments = await SerializeForOutputAsync(token, args).ConfigureAwait(false);
            if (arguments.Values.Values.Any(WireValue.HasUnknown))
            {
                return OutputData.Unknown(default(T)!);
            }

            ImmutableArray<Resource> dependsOn = options is InvokeOutputOptions outputOptions
                ? await outputOptions.DependsOn.ToOutput().GetValueAsync(whenUnknown: []).ConfigureAwait(false)
                : [];
            foreach (var resource in arguments.Dependencies.Concat(dependsOn))
            {
                if (!await IsCreatedAsync(resource).ConfigureAwait(false))
                {
                    return OutputData.Unknown(default(T)!);
                }
            }

            var result = await CallAsync<T>(token, arguments, options).ConfigureAwait(false);
            return result with { Resources = [.. arguments.Dependencies, .. dependsOn] };
        }
    }

    private static Task<PropertyBag> SerializeAsync(string token, InvokeArgs? args)
        => PropertyBag.SerializeAsync($"invoke:{token}", (args ?? InvokeArgs.Empty).ReadInputs());

    /// <summary>Errors in the arguments are logged as well, because nobody may ever look at the output.</summary>
    private async Task<PropertyBag> SerializeForOutputAsync(string token, InvokeArgs? args)
    {
        try
        {
            return await SerializeAsync(token, args).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            evaluation.Errors.Add($"Error serializing arguments for invoke {token}: {error}");
            throw;
        }
    }

    private async Task<OutputData<T>> CallAsync<T>(string token, PropertyBag arguments, InvokeOptions? options)
    {
        var provider = await ReferenceAsync(token, options).ConfigureAwait(false);
        var result = await evaluation.Monitor.CallAsync(token, arguments.Values, provider).ConfigureAwait(false);
        TargetType.Check($"{token} result", typeof(T));
        return OutputConverter.Convert<T>(result, []);
    }

    private static async Task<string> ReferenceAsync(string token, InvokeOptions? options)
        => (options?.Provider ?? options?.Parent?.ProviderFor(token)) is { } provider
            ? await provider.GetReferenceAsync().ConfigureAwait(false)
            : "";

    /// <summary>Whether a resource, or everything in a component, has an id.</summary>
    private static async Task<bool> IsCreatedAsync(Resource resource)
        => resource switch
        {
            CustomResource { Id: not null } custom => (await custom.Id.DataTask.ConfigureAwait(false)).IsKnown,
            ComponentResource component => await component.AreDescendantsCreatedAsync().ConfigureAwait(false),
            _ => true,
        };
}
