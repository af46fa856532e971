using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AkiDb.Infra.Stacks.Settings;

namespace AkiDb.Infra.Bootstrap;

/// <summary>What differs between accounts: Pulumi.account.yaml, read and checked once.</summary>
public sealed partial record BootstrapSettings
{
    /// <summary>Pulumi project, and the namespace of the configuration keys.</summary>
    public const string Project = "akidb-bootstrap";

    /// <summary>AWS account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>GitHub repository that may deploy, <c>owner/name</c>.</summary>
    public required string Repository { get; init; }

    /// <summary>Its GitHub environments.</summary>
    public required ImmutableArray<string> Environments { get; init; }

    /// <summary>Region of state and registry.</summary>
    public required string HomeRegion { get; init; }

    /// <summary>Regions that get copies of the images.</summary>
    public required ImmutableArray<string> ReplicaRegions { get; init; }

    /// <summary>Tags on everything.</summary>
    public required ImmutableSortedDictionary<string, string> Tags { get; init; }

    /// <summary>Reads what the engine hands over.</summary>
    /// <exception cref="SettingsException">It cannot be used.</exception>
    public static BootstrapSettings FromEngine() =>
        Load(Environment.GetEnvironmentVariable("PULUMI_STACK") ?? "account", StackConfig.FromEngine());

    /// <summary>Reads <paramref name="config"/>; see <see cref="EnvironmentSettings.Load"/>.</summary>
    /// <exception cref="SettingsException">Something is missing or not allowed; it lists everything.</exception>
    public static BootstrapSettings Load(string stack, IReadOnlyDictionary<string, string> config)
    {
        var problems = new List<SettingsProblem>();
        using var json = StackConfig.Of(Project, config);
        var reader = new SettingsReader(json.RootElement, $"{Project}:", problems);
        var settings = new BootstrapSettings
        {
            AccountId = reader.Text("accountId", AccountNumber().IsMatch, "the AWS account's 12 digits, in quotes", "'111122223333'"),
            Repository = reader.Text("repository", RepositoryName().IsMatch, "a GitHub repository as owner/name", "example/akidb"),
            Environments = reader.Texts("environments", EnvironmentName().IsMatch, "names of GitHub environments", "prod"),
            HomeRegion = reader.Text("homeRegion", Region().IsMatch, "an AWS region", "us-east-1"),
            ReplicaRegions = reader.Texts("replicaRegions", Region().IsMatch, "AWS regions", "eu-central-1"),
            Tags = TagSettings.Read(reader),
        };
        if (settings.Environments.IsEmpty)
            reader.Problem("environments", null, "at least one GitHub environment", "[prod]");
        if (settings.ReplicaRegions.Contains(settings.HomeRegion))
            reader.Problem("replicaRegions", settings.HomeRegion, "other regions than homeRegion", "eu-central-1");
        reader.RefuseUnknownKeys();
        return problems.Count == 0 ? settings : throw new SettingsException(stack, problems);
    }

    [GeneratedRegex("^[0-9]{12}$")]
    private static partial Regex AccountNumber();

    [GeneratedRegex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$")]
    private static partial Regex RepositoryName();

    [GeneratedRegex("^[a-z][a-z0-9-]{1,11}$")]
    private static partial Regex EnvironmentName();

    [GeneratedRegex("^[a-z]{2}-[a-z]+-[0-9]$")]
    private static partial Regex Region();
}
