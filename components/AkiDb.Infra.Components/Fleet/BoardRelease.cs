using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pulumi;
using Pulumi.Aws.Ssm.Inputs;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Fleet;

/// <summary>
/// How a release gets onto the boards: one Systems Manager document that installs it and goes back by itself, and one association a
/// wave. The second wave is declared to wait for the first one's success, so `pulumi up` stops where the canary fails.
/// </summary>
internal static class BoardRelease
{
    /// <summary>Seconds that the canary wave may take; then the update fails and the other boards keep what they have.</summary>
    public const int CanarySeconds = 1_800;

    private const string Download = "/var/lib/akidb/akidb-jetson.tar.gz";

    public static void RollOut(string name, JetsonFleetArgs args, JetsonRelease release, Resource parent)
    {
        var document = new Aws.Ssm.Document($"{name}-release", new Aws.Ssm.DocumentArgs
        {
            Name = $"{args.NamePrefix}-jetson-release",
            DocumentType = "Command",
            DocumentFormat = "JSON",
            Content = Content(),
        }, new CustomResourceOptions { Parent = parent });
        var parameters = args.ModelBucket.Apply(bucket => ImmutableDictionary<string, string>.Empty
            .Add("Source", JsonSerializer.Serialize(new { path = $"https://{bucket}.s3.{args.Region}.amazonaws.com/{release.Key}" }))
            .Add("Version", release.Version)
            .Add("Sha256", release.Sha256)
            .Add("Site", args.Site)
            .Add("MetricsUrl", args.MetricsUrl?.AbsoluteUri ?? ""));

        var canary = CreateWave(name, args, JetsonFleet.Canary, document, parameters, concurrency: "1", new CustomResourceOptions { Parent = parent });
        if (args.Boards.Length > args.CanaryBoards)
            _ = CreateWave(name, args, JetsonFleet.Rest, document, parameters, concurrency: "25%", new CustomResourceOptions { Parent = parent, DependsOn = { canary } });
    }

    private static Aws.Ssm.Association CreateWave(string name, JetsonFleetArgs args, string wave, Aws.Ssm.Document document,
        Output<ImmutableDictionary<string, string>> parameters, string concurrency, CustomResourceOptions options) =>
        new($"{name}-{wave}", new Aws.Ssm.AssociationArgs
        {
            AssociationName = $"{args.NamePrefix}-jetson-{wave}",
            Name = document.Name,
            DocumentVersion = document.LatestVersion,
            Parameters = parameters,
            Targets =
            {
                new AssociationTargetArgs { Key = "tag:Fleet", Values = { args.FleetName } },
                new AssociationTargetArgs { Key = "tag:Wave", Values = { wave } },
            },
            MaxConcurrency = concurrency,
            // The first board that fails stops its wave.
            MaxErrors = "0",
            // Also when nothing was released: a board that was off gets what it missed.
            ScheduleExpression = "rate(1 hour)",
            ComplianceSeverity = "HIGH",
            WaitForSuccessTimeoutSeconds = CanarySeconds,
        }, options);

    // The agent fetches the archive with the board's own role: no command line tool of AWS is needed on the board.
    private static string Content()
    {
        var script = Script();
        var commands = new JsonArray(
            "export VERSION='{{ Version }}' SHA256='{{ Sha256 }}' BOARD_SITE='{{ Site }}' METRICS_URL='{{ MetricsUrl }}'",
            $"export ARCHIVE={Download}");
        foreach (var line in script.TrimEnd().Split('\n'))
            commands.Add(line);
        return new JsonObject
        {
            ["schemaVersion"] = "2.2",
            ["description"] = "Installs a release of AkiDB on a Jetson board, and the one before where it does not come up",
            ["parameters"] = new JsonObject
            {
                ["Source"] = Parameter("""^\{"path":"https://[a-z0-9.-]+\.amazonaws\.com/jetson/[0-9A-Za-z.-]+/akidb-jetson\.tar\.gz"\}$"""),
                ["Version"] = Parameter("^[0-9A-Za-z][0-9A-Za-z.-]{0,39}$"),
                ["Sha256"] = Parameter("^[0-9a-f]{64}$"),
                ["Site"] = Parameter("^[a-z][a-z0-9-]{1,31}$"),
                // Whatever stands in these becomes shell text: patterns leave no room for quotes.
                ["MetricsUrl"] = Parameter("^(https://[A-Za-z0-9./_:-]+)?$"),
            },
            ["mainSteps"] = new JsonArray(
                Step("aws:downloadContent", "download", new JsonObject
                {
                    ["sourceType"] = "S3",
                    ["sourceInfo"] = "{{ Source }}",
                    ["destinationPath"] = Download,
                }),
                Step("aws:runShellScript", "install", new JsonObject { ["timeoutSeconds"] = "600", ["runCommand"] = commands })),
        }.ToJsonString();
    }

    private static JsonObject Parameter(string pattern) => new() { ["type"] = "String", ["allowedPattern"] = pattern };

    private static JsonObject Step(string action, string name, JsonObject inputs)
    {
        inputs = (JsonObject)inputs.DeepClone();
        return new JsonObject { ["action"] = action, ["name"] = name, ["inputs"] = inputs };
    }

    private static string Script()
    {
        using var stream = typeof(BoardRelease).Assembly.GetManifestResourceStream("jetson/release.sh")
            ?? throw new InvalidOperationException("'jetson/release.sh' is not part of the assembly; see AkiDb.Infra.Components.csproj.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
