using System.Collections.Immutable;
using Pulumi.Testing;

namespace Pulumi;

/// <summary>Runs programs: under mocks here, under an engine only in the published SDK.</summary>
public sealed class Deployment
{
    private Deployment()
    {
    }

    /// <summary>The run that the caller belongs to.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static DeploymentInstance Instance => Evaluation.Current.Instance;

    // Every RunAsync ends the same way, whatever it is given.
#pragma warning disable IDE0060

    /// <summary>Explains that this SDK cannot deploy.</summary>
    /// <returns>32, the exit code that says that the user was told what is wrong.</returns>
    public static Task<int> RunAsync(Action action) => DeploymentGuard.RefuseAsync();

    /// <inheritdoc cref="RunAsync(Action)"/>
    public static Task<int> RunAsync(Func<IDictionary<string, object?>> func) => DeploymentGuard.RefuseAsync();

    /// <inheritdoc cref="RunAsync(Action)"/>
    public static Task<int> RunAsync(Func<Task> func) => DeploymentGuard.RefuseAsync();

    /// <inheritdoc cref="RunAsync(Action)"/>
    public static Task<int> RunAsync(Func<Task<IDictionary<string, object?>>> func, StackOptions? options = null)
        => DeploymentGuard.RefuseAsync();

    /// <inheritdoc cref="RunAsync(Action)"/>
    public static Task<int> RunAsync<TStack>() where TStack : Stack, new() => DeploymentGuard.RefuseAsync();

    /// <inheritdoc cref="RunAsync(Action)"/>
    public static Task<int> RunAsync<TStack>(IServiceProvider serviceProvider) where TStack : Stack => DeploymentGuard.RefuseAsync();

#pragma warning restore IDE0060

    /// <summary>Evaluates a stack in memory.</summary>
    /// <returns>The stack and all resources in the order of their registration.</returns>
    /// <exception cref="RunException">The program failed.</exception>
    /// <exception cref="AggregateException">The program failed in several ways.</exception>
    public static Task<ImmutableArray<Resource>> TestAsync<TStack>(IMocks mocks, TestOptions? options = null)
        where TStack : Stack, new()
        => EvaluateAsync(mocks, options, () => new TStack());

    /// <summary>Evaluates a stack, which the service provider makes, in memory.</summary>
    /// <inheritdoc cref="TestAsync{TStack}(IMocks, TestOptions?)"/>
    public static Task<ImmutableArray<Resource>> TestWithServiceProviderAsync<TStack>(
        IMocks mocks, IServiceProvider serviceProvider, TestOptions? options = null)
        where TStack : Stack
    {
        ArgumentNullException.ThrowIfNull(serviceProvider);
        return EvaluateAsync(mocks, options, () => serviceProvider.GetService(typeof(TStack)) as TStack
            ?? throw new InvalidOperationException($"The service provider does not know {typeof(TStack)}; register it first."));
    }

    /// <summary>Evaluates a function in memory, as the constructor of a stack.</summary>
    /// <returns>All resources but the stack in the order of their registration, and what the function returned.</returns>
    /// <exception cref="RunException">The program failed.</exception>
    /// <exception cref="AggregateException">The program failed in several ways.</exception>
    public static async Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks, TestOptions testOptions, Func<IDictionary<string, object?>> createResources)
    {
        var resources = await EvaluateAsync(testMocks, testOptions, () => new TestStack(createResources)).ConfigureAwait(false);
        return (
            [.. resources.Where(resource => resource is not TestStack)],
            resources.OfType<TestStack>().FirstOrDefault()?.Outputs ?? new Dictionary<string, object?>());
    }

    /// <inheritdoc cref="TestAsync(IMocks, TestOptions, Func{IDictionary{string, object?}})"/>
    public static Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks, TestOptions testOptions, Func<Task<IDictionary<string, object?>>> createResources)
        => TestAsync(testMocks, testOptions, () => createResources().GetAwaiter().GetResult());

    /// <inheritdoc cref="TestAsync(IMocks, TestOptions, Func{IDictionary{string, object?}})"/>
    public static Task<ImmutableArray<Resource>> TestAsync(IMocks testMocks, TestOptions testOptions, Func<Task> createResources)
        => TestAsync(testMocks, testOptions, () => createResources().GetAwaiter().GetResult());

    /// <inheritdoc cref="TestAsync(IMocks, TestOptions, Func{IDictionary{string, object?}})"/>
    public static async Task<ImmutableArray<Resource>> TestAsync(IMocks testMocks, TestOptions testOptions, Action createResources)
    {
        var (resources, _) = await TestAsync(testMocks, testOptions, IDictionary<string, object?> () =>
        {
            createResources();
            return new Dictionary<string, object?>();
        }).ConfigureAwait(false);
        return resources;
    }

    private static async Task<ImmutableArray<Resource>> EvaluateAsync(IMocks mocks, TestOptions? options, Func<Stack> program)
    {
        var evaluation = await Evaluation.RunAsync(mocks, options, program).ConfigureAwait(false);
        return evaluation.Errors.ToException() is { } error ? throw error : evaluation.Monitor.Resources;
    }
}
