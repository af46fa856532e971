using Pulumi.Testing;

namespace Pulumi;

/// <summary>One run of a program in memory. Runs are independent: each flows with its own asynchronous calls.</summary>
internal sealed class Evaluation
{
    private static readonly AsyncLocal<Evaluation?> Flowing = new();

    private Stack? _stack;

    public Evaluation(IMocks mocks, TestOptions? options)
    {
        ProjectName = options?.ProjectName ?? "project";
        StackName = options?.StackName ?? "stack";
        OrganizationName = options?.OrganizationName ?? "organization";
        IsDryRun = options?.IsPreview ?? true;
        Monitor = new MockMonitor(mocks, StackName, ProjectName);
        Registrar = new ResourceRegistrar(this);
        Functions = new ProviderFunctions(this);
        Instance = new DeploymentInstance(this);
    }

    /// <summary>The run that the caller belongs to.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static Evaluation Current => Flowing.Value
        ?? throw new InvalidOperationException("Trying to acquire Deployment.Instance before 'Run' was called.");

    public static Evaluation? CurrentOrNull => Flowing.Value;

    public string ProjectName { get; }

    public string StackName { get; }

    public string OrganizationName { get; }

    public bool IsDryRun { get; }

    public StackSettings Settings { get; } = StackSettings.FromEnvironment();

    public PendingWork Pending { get; } = new();

    public ErrorLog Errors { get; } = new();

    public MockMonitor Monitor { get; }

    public ResourceRegistrar Registrar { get; }

    public ProviderFunctions Functions { get; }

    public DeploymentInstance Instance { get; }

    /// <summary>The root of all resources.</summary>
    public Stack Stack
    {
        get => _stack ?? throw new InvalidOperationException("Trying to acquire Deployment.Stack before 'Run' was called.");
        set => _stack = value;
    }

    /// <summary>Runs the program until everything is resolved, or until the first error.</summary>
    public static async Task<Evaluation> RunAsync(IMocks mocks, TestOptions? options, Func<Stack> program)
    {
        var evaluation = new Evaluation(mocks, options);
        if (Flowing.Value is not null)
        {
            throw new InvalidOperationException("Deployment.Instance should only be set once at the beginning of a 'Run' call.");
        }

        Flowing.Value = evaluation;
        try
        {
            program().RegisterPropertyOutputs();
        }
        catch (Exception error)
        {
            evaluation.Errors.Add(error);
            return evaluation;
        }

        foreach (var error in await evaluation.Pending.WhenIdleOrFailedAsync().ConfigureAwait(false))
        {
            evaluation.Errors.Add(error);
        }

        return evaluation;
    }
}
