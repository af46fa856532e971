using AkiDb.Infra.Cli.Environments.Revisions;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Cli.Environments;

/// <summary>Gets the plans that <c>akidb diff</c> compares.</summary>
internal sealed class DiffSource(Repository repository)
{
    private const string LastCommit = "HEAD";

    /// <summary>The plans of what the command line names.</summary>
    /// <param name="first">First word; null for every environment.</param>
    /// <param name="second">Second word.</param>
    /// <param name="baseRevision">Revision to compare the working tree with.</param>
    /// <param name="cancel">Ends what is running and cleans up.</param>
    /// <exception cref="BadInputException">The words make no comparison; the message says what would.</exception>
    public async Task<IReadOnlyList<PlanPair>> ReadAsync(string? first, string? second, string? baseRevision, CancellationToken cancel)
    {
        var before = first is null ? null : await DiffSide.ReadAsync(repository, first, cancel);
        var after = second is null ? null : await DiffSide.ReadAsync(repository, second, cancel);
        if (baseRevision is not null && (after is not null || before is DiffSide.OfRevision or DiffSide.OfFile))
            throw new BadInputException("--base REVISION goes with one environment, or with none for all of them.");
        return (before, after) switch
        {
            (null, _) => await AgainstTreeAsync(baseRevision ?? LastCommit, null, cancel),
            (DiffSide.OfEnvironment environment, null) => await AgainstTreeAsync(baseRevision ?? LastCommit, environment.Name, cancel),
            (DiffSide.OfRevision revision, null) => await AgainstTreeAsync(revision.Revision, null, cancel),
            (DiffSide.OfRevision revision, DiffSide.OfEnvironment environment) => await AgainstTreeAsync(revision.Revision, environment.Name, cancel),
            (DiffSide.OfRevision old, DiffSide.OfRevision @new) => await BetweenRevisionsAsync(old.Revision, @new.Revision, cancel),
            (DiffSide.OfEnvironment or DiffSide.OfFile, DiffSide.OfEnvironment or DiffSide.OfFile) => [await PairAsync(before, after)],
            (DiffSide.OfFile file, null) => throw new BadInputException($"Compare '{file.File.Name}' with what? Give a second plan file or an environment."),
            _ => throw new BadInputException("A revision is compared with the working tree, with one of its environments, or with another revision: diff REVISION [ENVIRONMENT | REVISION]."),
        };
    }

    private async Task<PlanPair> PairAsync(DiffSide before, DiffSide after)
    {
        var (beforeTitle, beforePlan) = await PlanAsync(before);
        var (afterTitle, afterPlan) = await PlanAsync(after);
        return new PlanPair(beforeTitle, beforePlan, afterTitle, afterPlan);
    }

    private async Task<(string Title, StackPlan Plan)> PlanAsync(DiffSide side) => side switch
    {
        DiffSide.OfEnvironment environment => (environment.Name, await EvaluateAsync(environment.Name)),
        DiffSide.OfFile file => (file.File.Name, await PlanProvider.ReadAsync(file.File)),
        _ => throw new ArgumentException("A revision has several plans.", nameof(side)),
    };

    private async Task<IReadOnlyList<PlanPair>> AgainstTreeAsync(string revision, string? environment, CancellationToken cancel)
    {
        await using var checkout = await RevisionCheckout.CreateAsync(repository, revision, cancel);
        return await PairsAsync(
            environment is null ? Union(checkout.Repository.Environments, repository.Environments) : [environment],
            (name => $"{name} at {revision}", name => PlanOrNothingAsync(checkout, name, cancel)),
            (name => name, name => Has(repository, name) ? EvaluateAsync(name) : Task.FromResult(Nothing(name))));
    }

    private async Task<IReadOnlyList<PlanPair>> BetweenRevisionsAsync(string before, string after, CancellationToken cancel)
    {
        await using var old = await RevisionCheckout.CreateAsync(repository, before, cancel);
        await using var @new = await RevisionCheckout.CreateAsync(repository, after, cancel);
        return await PairsAsync(
            Union(old.Repository.Environments, @new.Repository.Environments),
            (name => $"{name} at {before}", name => PlanOrNothingAsync(old, name, cancel)),
            (name => $"{name} at {after}", name => PlanOrNothingAsync(@new, name, cancel)));
    }

    private static async Task<IReadOnlyList<PlanPair>> PairsAsync(
        IEnumerable<string> environments,
        (Func<string, string> Title, Func<string, Task<StackPlan>> Plan) before,
        (Func<string, string> Title, Func<string, Task<StackPlan>> Plan) after)
    {
        var pairs = new List<PlanPair>();
        foreach (var name in environments)
            pairs.Add(new PlanPair(before.Title(name), await before.Plan(name), after.Title(name), await after.Plan(name)));
        return pairs;
    }

    private static Task<StackPlan> PlanOrNothingAsync(RevisionCheckout checkout, string environment, CancellationToken cancel) =>
        Has(checkout.Repository, environment) ? checkout.PlanAsync(environment, cancel) : Task.FromResult(Nothing(environment));

    private static bool Has(Repository repository, string environment) =>
        environment == Repository.Bootstrap ? File.Exists(repository.BootstrapFile) : repository.Environments.Contains(environment);

    private Task<StackPlan> EvaluateAsync(string environment) => new PlanProvider(repository).EvaluateAsync(environment);

    // An environment that one side does not have: everything in the other was added, or removed.
    private static StackPlan Nothing(string environment) => new()
    {
        Project = "",
        Stack = environment,
        Source = PlanSource.OfflineEvaluation,
        Resources = [],
    };

    private static IEnumerable<string> Union(IEnumerable<string> left, IEnumerable<string> right) =>
        left.Union(right).Order(StringComparer.Ordinal);
}
