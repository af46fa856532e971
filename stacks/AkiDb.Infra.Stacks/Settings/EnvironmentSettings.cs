using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AkiDb.Infra.Components.Cost;
using AkiDb.Infra.Components.Observability;

namespace AkiDb.Infra.Stacks.Settings;

/// <summary>Everything that makes one environment differ from another: Pulumi.ENVIRONMENT.yaml, read and checked once.</summary>
public sealed partial record EnvironmentSettings
{
    /// <summary>Pulumi project, and the namespace of the configuration keys.</summary>
    public const string Project = "akidb";

    /// <summary>Environment, which is also the stack: dev, staging, prod or one of your own.</summary>
    public required string Name { get; init; }

    /// <summary>AWS account, 12 digits. The providers refuse credentials of any other.</summary>
    public required string AccountId { get; init; }

    /// <summary>Regions; the first is home: it takes the writes.</summary>
    public required ImmutableArray<RegionSettings> Regions { get; init; }

    /// <summary>The same in every region.</summary>
    public required NetworkSettings Network { get; init; }

    /// <summary>The same in every region.</summary>
    public required ClusterSettings Cluster { get; init; }

    /// <summary>The same in every region.</summary>
    public required CapacitySettings Capacity { get; init; }

    /// <summary>The same in every region.</summary>
    public required WorkloadsSettings Workloads { get; init; }

    /// <summary>Show workloads whose image was never pushed, with a stand-in for its digest: for looking at a plan, never for
    /// a deployment. Not a setting of the file.</summary>
    public bool AssumeImages { get; init; }

    /// <summary>The same in every region.</summary>
    public required ObservabilitySettings Observability { get; init; }

    /// <summary>Who is told of alerts.</summary>
    public required AlertingSettings Alerting { get; init; }

    /// <summary>Models and snapshots.</summary>
    public required ModelStoreSettings ModelStore { get; init; }

    /// <summary>Access logs.</summary>
    public required AccessLogSettings AccessLogs { get; init; }

    /// <summary>The edge; null for none.</summary>
    public required EdgeSettings? Edge { get; init; }

    /// <summary>The Jetson boards; null for none.</summary>
    public required JetsonSettings? Jetson { get; init; }

    /// <summary>What it may cost.</summary>
    public required BudgetSettings Budgets { get; init; }

    /// <summary>How spending is watched.</summary>
    public required CostMonitoringSettings CostMonitoring { get; init; }

    /// <summary>Tags on everything, <c>owner</c> and <c>cost-center</c> among them; bills are split by these.</summary>
    public required ImmutableSortedDictionary<string, string> Tags { get; init; }

    /// <summary>First part of every name in AWS, e.g. <c>akidb-prod</c>.</summary>
    public string NamePrefix => $"{Project}-{Name}";

    /// <summary>Name of the Lambda@Edge function; its log groups and metrics bear it.</summary>
    public string EdgeFunctionName => $"{NamePrefix}-edge";

    /// <summary>Reads the configuration that the Pulumi engine hands to a program
    /// (<c>PULUMI_STACK</c>, <c>PULUMI_CONFIG</c>).</summary>
    /// <exception cref="SettingsException">It cannot be used.</exception>
    public static EnvironmentSettings FromEngine() =>
        Load(Environment.GetEnvironmentVariable("PULUMI_STACK") ?? "dev", StackConfig.FromEngine());

    /// <summary>Reads <paramref name="config"/>.</summary>
    /// <param name="environment">Name of the environment.</param>
    /// <param name="config">Values by full key (<c>akidb:regions</c>); objects and lists as JSON text, as Pulumi hands them over.
    /// Keys of other namespaces are left alone.</param>
    /// <exception cref="SettingsException">Something is missing or not allowed; it lists everything.</exception>
    public static EnvironmentSettings Load(string environment, IReadOnlyDictionary<string, string> config)
    {
        var problems = new List<SettingsProblem>();
        using var json = StackConfig.Of(Project, config);
        var reader = new SettingsReader(json.RootElement, $"{Project}:", problems);
        if (!EnvironmentName().IsMatch(environment))
            problems.Add(new SettingsProblem("stack", environment, "2 to 12 lower-case letters, digits and hyphens, a letter first", "prod"));

        var account = reader.Text("accountId", AccountNumber().IsMatch, "the AWS account's 12 digits, in quotes", "'111122223333'");
        var regions = RegionSettings.ReadAll(reader);
        var settings = new EnvironmentSettings
        {
            Name = environment,
            AccountId = account,
            Regions = regions,
            Network = NetworkSettings.Read(reader.Section("network")),
            Cluster = ClusterSettings.Read(reader.Section("cluster"), AccountNumber().IsMatch(account) ? account : null),
            Capacity = CapacitySettings.Read(reader.Section("capacity")),
            Workloads = WorkloadsSettings.Read(reader.Section("workloads")),
            Observability = ObservabilitySettings.Read(reader.Section("observability")),
            Alerting = AlertingSettings.Read(reader.Section("alerting")),
            ModelStore = ModelStoreSettings.Read(reader.Section("modelStore")),
            AccessLogs = AccessLogSettings.Read(reader.Section("accessLogs")),
            Edge = EdgeSettings.Read(reader.Section("edge"), regions),
            Jetson = JetsonSettings.Read(reader.Section("jetson"), regions),
            Budgets = BudgetSettings.Read(reader.Section("budgets")),
            CostMonitoring = CostMonitoringSettings.Read(reader.Section("costMonitoring")),
            Tags = TagSettings.Read(reader),
        };
        if (settings.CostMonitoring.Tool != CostTool.None && settings.Observability.Monitoring == MonitoringProfile.Off)
            reader.Problem("costMonitoring.tool", null, "none where monitoring is off: it asks Prometheus", "none");
        reader.RefuseUnknownKeys();
        return problems.Count == 0 ? settings : throw new SettingsException(environment, problems);
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{1,11}$")]
    private static partial Regex EnvironmentName();

    [GeneratedRegex("^[0-9]{12}$")]
    private static partial Regex AccountNumber();
}
