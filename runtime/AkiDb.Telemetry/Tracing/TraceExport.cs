using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AkiDb.Telemetry.Tracing;

/// <summary>
/// Sends spans to the OpenTelemetry collector where one is configured by the standard variable
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; otherwise spans are not even made. Sampling follows the parent: the collector keeps errors,
/// slow traces and a tenth of the rest.
/// </summary>
public static class TraceExport
{
    /// <summary>Variable of the OpenTelemetry specification that names the collector.</summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Starts the export; null when no collector is configured. Dispose it last: that flushes.</summary>
    /// <param name="service">Value of <c>service.name</c>.</param>
    /// <param name="sources">Names of the activity sources to export.</param>
    public static IDisposable? Start(string service, params string[] sources)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(EndpointVariable)))
        {
            return null;
        }

        return Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService(service))
            .SetSampler(new ParentBasedSampler(new AlwaysOnSampler()))
            .AddSource(sources)
            .AddOtlpExporter()
            .Build();
    }
}
