using AkiDb.Contracts;
using AkiDb.Predictor.Autoscaling;

namespace AkiDb.Predictor.Hosting;

/// <summary>What the autoscaler is told at its start.</summary>
internal sealed record AutoscalerOptions
{
    /// <summary>Where to listen, separated by ';'.</summary>
    public required string Urls { get; init; }

    /// <summary>Prometheus, for the traffic of this moment.</summary>
    public required Uri Prometheus { get; init; }

    /// <summary>PromQL of the traffic.</summary>
    public required string Query { get; init; }

    /// <summary>The predictor service.</summary>
    public required Uri Predictor { get; init; }

    /// <summary>Namespace of target, Lease and switch.</summary>
    public string Namespace { get; init; } = ServiceNames.Namespace;

    /// <summary><c>deployment/NAME</c> or <c>hpa/NAME</c>.</summary>
    public required string Target { get; init; }

    /// <summary>API server; null for the cluster that this pod runs in.</summary>
    public Uri? ApiServer { get; init; }

    /// <summary>File with the token for <see cref="ApiServer"/>.</summary>
    public string? TokenFile { get; init; }

    /// <summary>File with the authority of <see cref="ApiServer"/>.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>Name of this pod.</summary>
    public required string Identity { get; init; }

    /// <summary>How to decide.</summary>
    public AutoscalerSettings Settings { get; init; } = new();
}
