using AkiDb.Infra.Cli.Environments.Revisions;

namespace AkiDb.Infra.Cli.Environments;

/// <summary>What a word on the command line of <c>akidb diff</c> stands for.</summary>
internal abstract record DiffSide
{
    /// <summary>An environment as the working tree has it.</summary>
    internal sealed record OfEnvironment(string Name) : DiffSide;

    /// <summary>A plan file.</summary>
    internal sealed record OfFile(FileInfo File) : DiffSide;

    /// <summary>A git revision, with all its environments.</summary>
    internal sealed record OfRevision(string Revision) : DiffSide;

    /// <summary>Reads a word. An environment goes before a file of that name, a file before a revision.</summary>
    /// <exception cref="BadInputException">It is none of the three.</exception>
    public static async Task<DiffSide> ReadAsync(Repository repository, string word, CancellationToken cancel)
    {
        if (word == Repository.Bootstrap || repository.Environments.Contains(word))
            return new OfEnvironment(word);
        if (File.Exists(word) || word.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            return new OfFile(new FileInfo(word));
        if (await RevisionCheckout.CommitAsync(repository, word, cancel) is not null)
            return new OfRevision(word);
        throw new BadInputException(
            $"'{word}' is no environment (there are {string.Join(", ", repository.Environments)}), no plan file and no git revision.");
    }
}
