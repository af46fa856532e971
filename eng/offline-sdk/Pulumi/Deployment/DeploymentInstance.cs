using System.Collections.Immutable;

namespace Pulumi;

/// <summary>The run that a program belongs to.</summary>
public sealed class DeploymentInstance
{
    private readonly Evaluation _evaluation;

    internal DeploymentInstance(Evaluation evaluation) => _evaluation = evaluation;

    /// <summary>The stack's name.</summary>
    public string StackName => _evaluation.StackName;

    /// <summary>The project's name.</summary>
    public string ProjectName => _evaluation.ProjectName;

    /// <summary>The organization's name.</summary>
    public string OrganizationName => _evaluation.OrganizationName;

    /// <summary>Whether nothing is to be changed.</summary>
    public bool IsDryRun => _evaluation.IsDryRun;

    /// <summary>Calls a provider function. With an unknown argument nothing is called and the result is unknown.</summary>
    public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOptions? options = null)
        => _evaluation.Functions.Call<T>(token, args, options);

    /// <inheritdoc cref="Invoke{T}(string, InvokeArgs, InvokeOptions?)"/>
    public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOutputOptions options)
        => _evaluation.Functions.Call<T>(token, args, options);

    /// <summary>Calls a provider function and takes the only value of its result.</summary>
    public Output<T> InvokeSingle<T>(string token, InvokeArgs args, InvokeOptions? options = null)
        => _evaluation.Functions.Call<ImmutableDictionary<string, T>>(token, args, options).Apply(result => result.Values.First());

    /// <inheritdoc cref="InvokeSingle{T}(string, InvokeArgs, InvokeOptions?)"/>
    public Output<T> InvokeSingle<T>(string token, InvokeArgs args, InvokeOutputOptions options)
        => InvokeSingle<T>(token, args, (InvokeOptions)options);

    /// <summary>Calls a provider function; arguments that are unknown are left out.</summary>
    public Task<T> InvokeAsync<T>(string token, InvokeArgs args, InvokeOptions? options = null)
        => _evaluation.Functions.CallPlainAsync<T>(token, args, options);

    /// <summary>Calls a provider function and takes the only value of its result.</summary>
    public async Task<T> InvokeSingleAsync<T>(string token, InvokeArgs args, InvokeOptions? options = null)
    {
        var result = await _evaluation.Functions.CallPlainAsync<ImmutableDictionary<string, T>>(token, args, options)
            .ConfigureAwait(false);
        return result.Values.First();
    }

    /// <summary>Calls a provider function that returns nothing of interest.</summary>
    public Task InvokeAsync(string token, InvokeArgs args, InvokeOptions? options = null)
        => _evaluation.Functions.CallForEffectAsync(token, args, options);
}
