namespace AkiDb.Infra.Cli.Environments;

/// <summary>The checkout that the command works on.</summary>
/// <param name="Root">Its folder.</param>
internal sealed record Repository(string Root)
{
    /// <summary>What <c>preview</c> takes for the stack that an account needs once, before any environment.</summary>
    public const string Bootstrap = "bootstrap";

    private const string Prefix = "Pulumi.";
    private const string Suffix = ".yaml";

    /// <summary>Names of the environments that have a settings file, sorted.</summary>
    public IReadOnlyList<string> Environments =>
    [
        .. Directory.EnumerateFiles(Root, $"{Prefix}*{Suffix}")
            .Select(path => Path.GetFileName(path)[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The settings file of the bootstrap stack.</summary>
    public string BootstrapFile => Path.Combine(Root, "stacks", "AkiDb.Infra.Bootstrap", "Pulumi.account.yaml");

    /// <summary>Finds the checkout: where the launcher says (<c>AKIDB_ROOT</c>), else upwards from the working folder.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public static Repository Find()
    {
        if (Environment.GetEnvironmentVariable("AKIDB_ROOT") is { Length: > 0 } told)
            return new Repository(told);
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pulumi.yaml")))
                return new Repository(folder.FullName);
        }

        throw new BadInputException($"No Pulumi.yaml in '{Directory.GetCurrentDirectory()}' or above it; run akidb inside a checkout.");
    }

    /// <summary>The settings file of an environment.</summary>
    /// <exception cref="BadInputException">There is no such environment.</exception>
    public string SettingsFile(string environment)
    {
        if (environment == Bootstrap)
            throw new BadInputException($"'{Bootstrap}' is no environment but what an account needs once: preview, diff and policy take it, this command does not; there are {string.Join(", ", Environments)}.");
        var path = Path.Combine(Root, $"{Prefix}{environment}{Suffix}");
        return Environments.Contains(environment)
            ? path
            : throw new BadInputException($"There is no environment '{environment}' ({Prefix}{environment}{Suffix} is missing); there are {string.Join(", ", Environments)}.");
    }
}
