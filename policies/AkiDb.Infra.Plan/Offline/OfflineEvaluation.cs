using System.Collections.Immutable;
using System.Reflection;
using AkiDb.Infra.Plan.Values;
using Pulumi;
using Pulumi.Testing;

namespace AkiDb.Infra.Plan.Offline;

/// <summary>
/// Runs a stack's program in memory and records what it asks for. No engine, plugin, account or network: providers' answers
/// are stand-ins (<see cref="ProviderAnswers"/>).
/// </summary>
/// <remarks>
/// Pulumi's mocks know neither parents nor options, so both are taken from a transformation on the stack, which sees every
/// resource as it is made; the inputs are taken from the mocks, which see them as a provider would. A custom resource's two
/// halves are joined by the id that the mocks gave it.
/// </remarks>
public static class OfflineEvaluation
{
    /// <summary>Evaluates the stack that <paramref name="create"/> makes.</summary>
    /// <param name="context">Project, stack, account and the time it may take.</param>
    /// <param name="create">Makes the stack; it must hand the options on to <see cref="Stack"/>'s constructor.</param>
    /// <param name="notices">What the stack has to say of its choices. Default: nothing.</param>
    /// <exception cref="EvaluationException">The program threw, broke off, or did not end in time; the message names the
    /// resources that were still pending.</exception>
    public static async Task<StackPlan> EvaluateAsync<TStack>(
        EvaluationContext context, Func<StackOptions, TStack> create, Func<TStack, IEnumerable<string>>? notices = null)
        where TStack : Stack
    {
        var recorder = new ResourceRecorder();
        var mocks = new RecordingMocks(new ProviderAnswers(context.AccountId));
        var services = new StackServices(() => create(new StackOptions { ResourceTransformations = { recorder.Record } }));
        var options = new TestOptions { ProjectName = context.Project, StackName = context.Stack, IsPreview = true };

        // On the pool: a program that blocks in a constructor must not take the caller's time limit with it.
        var program = Task.Run(() => Deployment.TestWithServiceProviderAsync<TStack>(mocks, services, options));
        if (await Task.WhenAny(program, Task.Delay(context.Timeout, context.Clock)) != program)
            throw EvaluationException.TimedOut(context.Timeout, recorder.Recorded.Where(resource => !mocks.HasAnswered(resource)).ToList());

        ImmutableArray<Resource> resources;
        try
        {
            resources = await program;
        }
        catch (Exception failure)
        {
            throw new EvaluationException(await recorder.MissingInputsAsync(), failure);
        }

        var stack = resources.OfType<TStack>().Single();
        return new StackPlan
        {
            Project = context.Project,
            Stack = context.Stack,
            Source = PlanSource.OfflineEvaluation,
            Resources = await new PlanAssembly(context, recorder, mocks).BuildAsync(),
            Outputs = await OutputsOf(stack),
            Notices = [.. notices?.Invoke(stack) ?? []],
        };
    }

    private static async Task<MapValue> OutputsOf(Stack stack)
    {
        var outputs = new Dictionary<string, PlanValue>();
        foreach (var property in stack.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<OutputAttribute>() is { } output && property.DeclaringType != typeof(Resource))
                outputs[output.Name ?? property.Name] = await OutputReader.ReadAsync(property.GetValue(stack));
        }

        return MapValue.From(outputs);
    }

    /// <summary>How Pulumi asks for a stack that has no parameterless constructor.</summary>
    private sealed class StackServices(Func<Stack> create) : IServiceProvider
    {
        public object? GetService(Type serviceType) => typeof(Stack).IsAssignableFrom(serviceType) ? create() : null;
    }
}
