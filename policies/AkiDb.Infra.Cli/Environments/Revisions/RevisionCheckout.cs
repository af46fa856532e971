using System.Text;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Json;

namespace AkiDb.Infra.Cli.Environments.Revisions;

/// <summary>
/// A git revision in a folder of its own, there only as long as it is needed. Its plans are made by its own code: the
/// revision's <c>./akidb preview ENVIRONMENT --json</c>.
/// </summary>
internal sealed class RevisionCheckout : IAsyncDisposable
{
    private const string Launcher = "akidb";

    private readonly Repository _repository;
    private readonly string _title;
    private readonly string _commit;
    private readonly string _folder;
    private readonly string _root;

    private RevisionCheckout(Repository repository, string title, string commit, string folder, string root) =>
        (_repository, _title, _commit, _folder, _root) = (repository, title, commit, folder, root);

    /// <summary>The revision's own files.</summary>
    public Repository Repository => new(_root);

    /// <summary>The commit that <paramref name="revision"/> names; null where it names none.</summary>
    public static async Task<string?> CommitAsync(Repository repository, string revision, CancellationToken cancel)
    {
        var answer = await GitAsync(repository, cancel, "rev-parse", "--verify", "--quiet", "--end-of-options", $"{revision}^{{commit}}");
        return answer.ExitCode == 0 ? Text(answer) : null;
    }

    /// <summary>Checks <paramref name="revision"/> out.</summary>
    /// <exception cref="BadInputException">There is no such revision, or it has no <c>./akidb</c>.</exception>
    public static async Task<RevisionCheckout> CreateAsync(Repository repository, string revision, CancellationToken cancel)
    {
        var commit = await CommitAsync(repository, revision, cancel)
            ?? throw new BadInputException($"There is no revision '{revision}' in this checkout; want a commit, branch or tag, such as HEAD~1 or main.");
        var prefix = Text(await GitAsync(repository, cancel, "rev-parse", "--show-prefix"));
        var folder = Directory.CreateTempSubdirectory("akidb-revision-").FullName;
        var checkout = new RevisionCheckout(repository, revision, commit, folder, Path.Combine(folder, prefix));
        try
        {
            var added = await GitAsync(repository, cancel, "worktree", "add", "--quiet", "--detach", folder, commit);
            if (added.ExitCode != 0)
                throw new BadInputException($"git cannot check out '{revision}': {checkout.Public(added.Error.Trim())}");
            if (!File.Exists(Path.Combine(checkout._root, Launcher)))
                throw new BadInputException($"Revision '{revision}' ({commit[..10]}) has no ./{Launcher}, so there is no plan of it to compare with.");
            return checkout;
        }
        catch
        {
            await checkout.DisposeAsync();
            throw;
        }
    }

    /// <summary>The revision's plan of an environment. Kept by commit: a commit never changes.</summary>
    /// <exception cref="BadInputException">The revision cannot make that plan; the message holds what it said.</exception>
    public async Task<StackPlan> PlanAsync(string environment, CancellationToken cancel)
    {
        var kept = KeptPlan.Of(_repository, _commit, environment);
        if (kept.Read() is { } plan)
            return plan;

        await Console.Error.WriteLineAsync($"{_title}: evaluating {environment} …");
        var answer = await ChildProcess.RunAsync(
            "sh", [Path.Combine(_root, Launcher), "preview", environment, "--json"], _root, line => Console.Error.WriteLine($"{_title}: {Public(line)}"), cancel);
        if (answer.ExitCode is not (ExitCode.Clean or ExitCode.Findings))
            throw Failure(environment, $"ended with exit code {answer.ExitCode}", answer.Error);
        try
        {
            plan = PlanJson.Read(answer.Output, $"{environment} at {_title}");
        }
        catch (FormatException problem)
        {
            throw Failure(environment, "gave no plan that this version reads", problem.Message);
        }

        kept.Write(answer.Output);
        return plan;
    }

    /// <summary>Removes the folder, also from git's list.</summary>
    public async ValueTask DisposeAsync()
    {
        // Whatever was cancelled, cleaning up is not.
        await GitAsync(_repository, CancellationToken.None, "worktree", "remove", "--force", _folder);
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
        await GitAsync(_repository, CancellationToken.None, "worktree", "prune");
    }

    private BadInputException Failure(string environment, string what, string error)
    {
        var said = Public(error).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new BadInputException($"Revision '{_title}' ({_commit[..10]}): './akidb preview {environment} --json' {what}."
            + string.Concat(said.TakeLast(5).Select(line => $"\n  {line}")));
    }

    // The temporary folder's name is nobody's business and different every time.
    private string Public(string text) => text.Replace(_folder, $"<{_title}>", StringComparison.Ordinal);

    private static Task<ChildProcess.Answer> GitAsync(Repository repository, CancellationToken cancel, params string[] arguments) =>
        ChildProcess.RunAsync("git", arguments, repository.Root, null, cancel);

    private static string Text(ChildProcess.Answer answer) => Encoding.UTF8.GetString(answer.Output).Trim();
}
