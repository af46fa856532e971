using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AkiDb.Infra.Stacks.Settings;

/// <summary>Everything that makes one environment differ from another: Pulumi.ENVIRONMENT.yaml, read and checked once.</summary>
public sealed partial record EnvironmentSettings
{
    /// <summary>Pulumi project, and the namespace of the configuration keys.</summary>
    public const string Project = "akidb";

    private static readonly ImmutableArray<string> RequiredTags = ["owner", "cost-center"];

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

    /// <summary>Models and snapshots.</summary>
    public required ModelStoreSettings ModelStore { get; init; }

    /// <summary>Tags on everything, <c>owner</c> and <c>cost-center</c> among them; bills are split by these.</summary>
    public required ImmutableSortedDictionary<string, string> Tags { get; init; }

    /// <summary>First part of every name in AWS, e.g. <c>akidb-prod</c>.</summary>
    public string NamePrefix => $"{Project}-{Name}";

    /// <summary>Reads the configuration that the Pulumi engine hands to a program
    /// (<c>PULUMI_STACK</c>, <c>PULUMI_CONFIG</c>).</summary>
    /// <exception cref="SettingsException">It cannot be used.</exception>
    public static EnvironmentSettings FromEngine()
    {
        var config = Environment.GetEnvironmentVariable("PULUMI_CONFIG") ?? "{}";
        return Load(
            Environment.GetEnvironmentVariable("PULUMI_STACK") ?? "dev",
            JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(config)!
                .ToDictionary(entry => entry.Key, entry => entry.Value.ToString()));
    }

    /// <summary>Reads <paramref name="config"/>.</summary>
    /// <param name="environment">Name of the environment.</param>
    /// <param name="config">Values by full key (<c>akidb:regions</c>); objects and lists as JSON text, as Pulumi hands them over.
    /// Keys of other namespaces are left alone.</param>
    /// <exception cref="SettingsException">Something is missing or not allowed; it lists everything.</exception>
    public static EnvironmentSettings Load(string environment, IReadOnlyDictionary<string, string> config)
    {
        var problems = new List<SettingsProblem>();
        using var json = JsonDocument.Parse(ToJson(config).ToJsonString());
        var reader = new SettingsReader(json.RootElement, $"{Project}:", problems);
        if (!EnvironmentName().IsMatch(environment))
            problems.Add(new SettingsProblem("stack", environment, "2 to 12 lower-case letters, digits and hyphens, a letter first", "prod"));

        var settings = new EnvironmentSettings
        {
            Name = environment,
            AccountId = reader.Text("accountId", AccountNumber().IsMatch, "the AWS account's 12 digits, in quotes", "'111122223333'"),
            Regions = RegionSettings.ReadAll(reader),
            Network = NetworkSettings.Read(reader.Section("network")),
            Cluster = ClusterSettings.Read(reader.Section("cluster")),
            Capacity = CapacitySettings.Read(reader.Section("capacity")),
            Workloads = WorkloadsSettings.Read(reader.Section("workloads")),
            ModelStore = ModelStoreSettings.Read(reader.Section("modelStore")),
            Tags = ReadTags(reader),
        };
        reader.RefuseUnknownKeys();
        return problems.Count == 0 ? settings : throw new SettingsException(environment, problems);
    }

    private static JsonObject ToJson(IReadOnlyDictionary<string, string> config)
    {
        var json = new JsonObject();
        foreach (var (key, value) in config.Where(entry => entry.Key.StartsWith($"{Project}:", StringComparison.Ordinal)))
            json[key[(Project.Length + 1)..]] = IsStructured(value) ? JsonNode.Parse(value) : value;
        return json;
    }

    private static bool IsStructured(string value) => value.TrimStart() is ['{' or '[', ..];

    private static ImmutableSortedDictionary<string, string> ReadTags(SettingsReader reader)
    {
        const string example = "{ owner: platform, cost-center: cc-100 }";
        var tags = reader.Map("tags", (key, value) => TagKey().IsMatch(key) && value.Length is > 0 and <= 256,
            "tag keys of 1 to 128 letters, digits, spaces and _.:/=+-@ with values of 1 to 256 characters", example);
        foreach (var required in RequiredTags.Where(key => !tags.ContainsKey(key)))
            reader.Problem($"tags.{required}", null, "a tag that bills can be split by", example);
        return tags;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{1,11}$")]
    private static partial Regex EnvironmentName();

    [GeneratedRegex("^[0-9]{12}$")]
    private static partial Regex AccountNumber();

    [GeneratedRegex(@"^(?!aws:)[\w .:/=+\-@]{1,128}$")]
    private static partial Regex TagKey();
}
