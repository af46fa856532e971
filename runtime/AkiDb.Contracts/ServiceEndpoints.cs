namespace AkiDb.Contracts;

/// <summary>Port and paths that every AkiDB service serves; probes, services and scrapes are declared from these.</summary>
public static class ServiceEndpoints
{
    /// <summary>TCP port of every service: traffic, health and metrics alike.</summary>
    public const int Port = 8080;

    /// <summary>200 while the process can make progress; else it should be restarted.</summary>
    public const string Live = "/healthz/live";

    /// <summary>200 while the process should get traffic.</summary>
    public const string Ready = "/healthz/ready";

    /// <summary>Metrics in Prometheus' text format.</summary>
    public const string Metrics = "/metrics";

    /// <summary>Text in, vectors out.</summary>
    public const string Embed = "/api/v1/embed";

    /// <summary>Traffic predictor: the forecast for the next quarter of an hour.</summary>
    public const string Forecast = "/api/v1/forecast";

    /// <summary>Traffic predictor: how good recent forecasts were.</summary>
    public const string Accuracy = "/api/v1/accuracy";
}
