using System.Diagnostics;

namespace AkiDb.Infra.Cli.PullRequests;

/// <summary>Another revision of the checkout in a temporary folder, built and evaluated there by its own launcher; gone when disposed.</summary>
internal sealed class BaseCheckout : IAsyncDisposable
{
    private readonly string _repository;
    private readonly string _folder;

    private BaseCheckout(string repository, string folder) => (_repository, _folder) = (repository, folder);

    /// <summary>Checks <paramref name="revision"/> out.</summary>
    /// <exception cref="BadInputException">There is no such revision, or no git.</exception>
    public static async Task<BaseCheckout> CreateAsync(string repository, string revision, CancellationToken cancel)
    {
        // "--" after the name keeps a revision that begins with a dash from being read as an option.
        var (code, commit, _) = await RunAsync(repository, "git", cancel, "rev-parse", "--verify", "--quiet", "--end-of-options", $"{revision}^{{commit}}");
        if (code != 0)
            throw new BadInputException($"There is no revision '{revision}' in {repository}; want a branch, a tag or a commit that is fetched.");
        var folder = Path.Combine(Path.GetTempPath(), $"akidb-base-{Guid.NewGuid():N}");
        var checkout = new BaseCheckout(repository, folder);
        var (added, _, error) = await RunAsync(repository, "git", cancel, "worktree", "add", "--detach", folder, commit.Trim());
        if (added == 0)
            return checkout;
        await checkout.DisposeAsync();
        throw new BadInputException($"git could not check '{revision}' out: {error.Trim()}");
    }

    /// <summary>Environments that the revision has.</summary>
    public IEnumerable<string> Environments => new Environments.Repository(_folder).Environments;

    /// <summary>The revision's own plan of an environment, as its launcher prints it.</summary>
    /// <exception cref="BadInputException">It cannot be built or evaluated.</exception>
    public async Task<byte[]> PlanAsync(string environment, CancellationToken cancel)
    {
        var (code, output, error) = await RunAsync(_folder, Path.Combine(_folder, "akidb"), cancel, "preview", environment, "--json");
        // 1 means findings, e.g. a schema violation; the plan is there all the same.
        return code is 0 or 1 && output.Length > 0
            ? System.Text.Encoding.UTF8.GetBytes(output)
            : throw new BadInputException($"The base's plan of {environment} cannot be made:\n{error.Trim()}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Without the caller's token: what was made must go, also when the command is interrupted.
        await RunAsync(_repository, "git", CancellationToken.None, "worktree", "remove", "--force", _folder);
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
        await RunAsync(_repository, "git", CancellationToken.None, "worktree", "prune");
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string folder, string command, CancellationToken cancel, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The launcher of the other checkout finds its own root.
        start.Environment.Remove("AKIDB_ROOT");
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            try
            {
                await process.WaitForExitAsync(cancel);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            return (process.ExitCode, await output, await error);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new BadInputException($"'{command}' is needed to compare with another revision and cannot be started.");
        }
    }
}
