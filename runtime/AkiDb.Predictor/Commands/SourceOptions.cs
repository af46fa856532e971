using System.CommandLine;
using AkiDb.Contracts;

namespace AkiDb.Predictor.Commands;

/// <summary>Options about where traffic comes from and where to listen, shared by service and autoscaler.</summary>
internal static class SourceOptions
{
    /// <summary>Queries that the readers answered, over two minutes: four scrapes of 30 seconds.</summary>
    public const string DefaultQuery = $"sum(rate({HttpMetricNames.Requests}{{job=\"{ServiceNames.SearchEngine}\"}}[2m]))";

    public static Option<string?> Prometheus()
    {
        var option = new Option<string?>("--prometheus") { Description = $"Address of Prometheus, e.g. {MonitoringNames.PrometheusUrl}." };
        option.Validators.Add(result => OptionChecks.Check(result, result.GetValueOrDefault<string?>() is not { } text || IsHttp(text), "an http or https address"));
        return option;
    }

    public static Option<string> Query() => new("--query")
    {
        Description = "PromQL that gives the traffic as one series of queries a second.",
        DefaultValueFactory = _ => DefaultQuery,
    };

    public static Option<string> Urls()
    {
        var option = new Option<string>("--urls")
        {
            Description = "Where to listen, separated by ';'.",
            DefaultValueFactory = _ => $"http://0.0.0.0:{ServiceEndpoints.Port}",
        };
        option.Validators.Add(result => OptionChecks.Check(result, result.GetValueOrDefault<string>()!.Split(';').All(IsPlainHttp), "http addresses such as http://0.0.0.0:8080, separated by ';'"));
        return option;
    }

    /// <summary>The clock of a replayed day, for <c>akidb local</c>; hidden, since traffic in a cluster goes by the wall's clock.</summary>
    public static Option<ReplayClock?> Clock() => new("--clock")
    {
        Description = "WALL,DAY,SPEED: live in a day that is replayed SPEED times as fast and shows DAY at WALL.",
        Hidden = true,
        CustomParser = result =>
        {
            if (!ReplayClock.TryParse(result.Tokens[0].Value, null, out var clock))
            {
                result.AddError($"--clock: '{result.Tokens[0].Value}' is not allowed; allowed: WALL,DAY,SPEED such as 2026-11-22T09:00:00Z,2026-03-03T05:00:00Z,144.");
            }

            return clock;
        },
    };

    // There is no certificate to listen with.
    private static bool IsPlainHttp(string text) => IsHttp(text) && text.StartsWith("http:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text is an http or https address.</summary>
    public static bool IsHttp(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;
}
