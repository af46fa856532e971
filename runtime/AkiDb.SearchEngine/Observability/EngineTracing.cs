using System.Diagnostics;
using AkiDb.Contracts;
using AkiDb.SearchEngine.Store;
using AkiDb.Telemetry.Tracing;

namespace AkiDb.SearchEngine.Observability;

/// <summary>The engine's spans; none are made while nobody exports them.</summary>
internal static class EngineTracing
{
    private static readonly ActivitySource Source = new(ServiceNames.SearchEngine);

    /// <summary>Begins the span of a request in its trace.</summary>
    public static Activity? StartRequest(string method, TraceContext trace, string? traceState) => trace.StartRequestSpan(Source, method, traceState);

    /// <summary>Begins a span inside a request: <c>embed</c>, <c>search</c>, <c>read</c>.</summary>
    public static Activity? Start(string name) => Source.StartActivity(name);

    /// <summary>Begins the span of a commit: a child of the first write's request, linked to the others that share the flush.</summary>
    public static Activity? StartCommit(List<WriteJob> jobs)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var links = jobs.Skip(1).Where(job => job.Trace != default).Select(job => new ActivityLink(job.Trace)).ToList();
        var span = Source.StartActivity("sqlite.commit", ActivityKind.Client, jobs[0].Trace, links: links);
        return span?.SetTag("db.system.name", "sqlite").SetTag("akidb.writes", jobs.Count).SetTag("akidb.rows", jobs.Sum(job => job.Weight));
    }
}
