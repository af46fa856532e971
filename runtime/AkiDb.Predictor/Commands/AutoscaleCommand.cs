using System.CommandLine;
using System.Text.RegularExpressions;
using AkiDb.Contracts;
using AkiDb.Predictor.Autoscaling;
using AkiDb.Predictor.Hosting;
using AkiDb.Telemetry.Tracing;

namespace AkiDb.Predictor.Commands;

/// <summary><c>predictor autoscale</c>: the predictive autoscaler.</summary>
internal static partial class AutoscaleCommand
{
    public static Command Create()
    {
        var prometheus = SourceOptions.Prometheus();
        prometheus.Required = true;
        var query = SourceOptions.Query();
        var predictor = Address("--predictor", "Address of the predictor service.", $"http://{ServiceNames.TrafficPredictorService}:{ServiceEndpoints.Port}");
        var space = new Option<string>("--namespace") { Description = "Namespace of target, Lease and off switch.", DefaultValueFactory = _ => ServiceNames.Namespace };
        var target = new Option<string>("--target")
        {
            Description = "What to scale: deployment/NAME, or hpa/NAME to set a horizontal pod autoscaler's minReplicas.",
            DefaultValueFactory = _ => $"deployment/{ServiceNames.SearchEngine}",
        };
        target.Validators.Add(result => OptionChecks.Check(result, TargetName().IsMatch(result.GetValueOrDefault<string>()!), "deployment/NAME or hpa/NAME"));
        var lead = ScalingOptions.Lead();
        var dryRun = new Option<bool>("--dry-run") { Description = "Decide and log, but change nothing." };
        var server = Address("--api-server", "Kubernetes API, outside of a cluster.", null);
        var token = new Option<string?>("--token-file") { Description = "File with the bearer token for --api-server." }.Readable();
        var authority = new Option<string?>("--ca-file") { Description = "PEM file with the authority of --api-server." }.Readable();
        var urls = SourceOptions.Urls();
        var clock = SourceOptions.Clock();
        var capacity = new Option<double>("--replica-qps")
        {
            Description = "Queries a second that one replica serves.",
            DefaultValueFactory = _ => ReplicaRule.Default.RequestsPerSecondPerReplica,
        };
        capacity.Validators.Add(result => OptionChecks.Check(result, (double value) => value is > 0 and < 1e6, "more than 0 and less than 1,000,000"));
        var command = new Command("autoscale", "Scale the search engine by current traffic and the forecast.")
        {
            prometheus, query, predictor, space, target, lead, dryRun, server, token, authority, urls, clock, capacity,
        };
        command.SetAction((arguments, cancellation) => RunAsync(new AutoscalerOptions
        {
            Urls = arguments.GetValue(urls)!,
            Prometheus = new Uri(arguments.GetRequiredValue(prometheus)!),
            Query = arguments.GetValue(query)!,
            Predictor = new Uri(arguments.GetValue(predictor)!),
            Namespace = arguments.GetValue(space)!,
            Target = arguments.GetValue(target)!,
            ApiServer = arguments.GetValue(server) is { } address ? new Uri(address) : null,
            TokenFile = arguments.GetValue(token),
            AuthorityFile = arguments.GetValue(authority),
            // A pod's host name is its own name.
            Identity = Environment.MachineName,
            Settings = new AutoscalerSettings
            {
                IsDryRun = arguments.GetValue(dryRun),
                Scaling = new ScalingSettings
                {
                    ProvisioningMinutes = arguments.GetValue(lead),
                    Rule = ReplicaRule.Default with { RequestsPerSecondPerReplica = arguments.GetValue(capacity) },
                },
            },
        }, arguments.GetValue(clock), cancellation));
        return command;
    }

    private static Option<string?> Address(string name, string description, string? standard)
    {
        var option = new Option<string?>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result => OptionChecks.Check(result, result.GetValueOrDefault<string?>() is not { } text || SourceOptions.IsHttp(text), "an http or https address"));
        return option;
    }

    private static async Task<int> RunAsync(AutoscalerOptions options, TimeProvider? clock, CancellationToken cancellation)
    {
        try
        {
            using var traces = TraceExport.Start(ServiceNames.PredictiveAutoscaler, ServiceNames.PredictiveAutoscaler);
            await using var app = AutoscalerHost.Build(options, day: clock);
            await app.RunAsync(cancellation);
            return 0;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"predictor: {e.Message}");
            return 2;
        }
    }

    [GeneratedRegex("^(deployment|hpa)/[a-z0-9]([-a-z0-9.]*[a-z0-9])?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TargetName();
}
