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
        option.Validators.Add(result => ScalingOptions.Check(result, result.GetValueOrDefault<string?>() is not { } text || IsHttp(text), "an http or https address"));
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
        option.Validators.Add(result => ScalingOptions.Check(result, result.GetValueOrDefault<string>()!.Split(';').All(IsHttp), "addresses such as http://0.0.0.0:8080, separated by ';'"));
        return option;
    }

    /// <summary>Whether a text is an http or https address.</summary>
    public static bool IsHttp(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;
}
