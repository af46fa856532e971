using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using AkiDb.Router.Hosting;
using AkiDb.Router.Load;
using AkiDb.Router.Routing;

namespace AkiDb.Router.Observability;

/// <summary>A page for people, and the same as JSON: backends, their load and latency, what was spent and what was saved.</summary>
internal sealed class StatusPage(RoutingState routing, ConfigWatcher config, LoadExchangeLoop load)
{
    public const string Path = "/_router";
    public const string StatePath = "/_router/state";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public Task WriteJsonAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(Read(), Json, context.RequestAborted);
    }

    public Task WriteHtmlAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(Html(Read()), context.RequestAborted);
    }

    private RouterStatus Read() => RouterStatus.Of(routing, load.Current, config.Errors);

    private static string Html(RouterStatus status)
    {
        var page = new StringBuilder();
        var culture = CultureInfo.InvariantCulture;
        page.Append(culture, $$"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="2">
            <title>Router {{Text(status.Cluster)}}</title>
            <style>
            body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1d2733;background:#fafbfc}
            h1{font-size:1.4rem} table{border-collapse:collapse;width:100%;background:#fff} caption{text-align:left;color:#5b6775;padding:.4rem 0}
            th,td{white-space:nowrap;padding:.45rem .7rem;border-bottom:1px solid #e3e8ee;text-align:right} th:first-child,td:first-child{text-align:left}
            td.text,th.text{text-align:left} td.text:last-child{white-space:normal} .bad{color:#b3261e;font-weight:600} .money{display:flex;gap:2.5rem;margin:1rem 0} .money b{display:block;font-size:1.5rem}
            meter{width:6rem;vertical-align:middle}
            </style></head><body><h1>Router of {{Text(status.Cluster)}} in {{Text(status.Region)}}</h1>
            <div class="money"><span><b>${{status.SpentUsd:0.0000}}</b>spent</span><span><b>${{status.OnDemandUsd:0.0000}}</b>if everything ran on demand</span>
            <span><b>${{status.SavedUsd:0.0000}}</b>saved ({{status.SavedShare:P1}})</span></div>
            <table><caption>Cheapest first. Shared load counters: {{Text(status.SharedLoad)}}.</caption>
            <tr><th>Backend</th><th class="text">Kind</th><th>$ per million</th><th>P95</th><th>Load</th><th>Capacity</th><th>In flight</th><th>Requests</th><th>Spent</th><th class="text">Addresses</th></tr>
            """);
        foreach (var backend in status.Backends)
        {
            page.Append(culture, $$"""
                <tr><td>{{Text(backend.Name)}}</td><td class="text">{{Text(backend.Kind)}}</td><td>{{backend.CostPerMillionUsd:0.00}}</td><td>{{backend.P95Ms:0.0}} ms</td>
                <td>{{LoadMeter(backend)}} {{backend.LoadRps:0}}/s</td><td>{{(backend.CapacityRps is { } capacity ? capacity.ToString("0", culture) + "/s" : "unlimited")}}</td>
                <td>{{backend.InFlight}}</td><td>{{backend.Attempts:N0}}</td><td>${{backend.SpentUsd:0.0000}}</td><td class="text">{{Addresses(backend)}}</td></tr>
                """);
        }

        page.Append("</table>");
        if (status.ConfigErrors.Count > 0)
        {
            page.Append("<h2 class=\"bad\">The configuration file is refused; the one before is in use</h2><ul>")
                .AppendJoin("", status.ConfigErrors.Select(error => $"<li><code>{Text(error)}</code></li>")).Append("</ul>");
        }

        return page.Append("</body></html>").ToString();
    }

    private static string LoadMeter(BackendStatus backend) => backend.CapacityRps is not { } capacity
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"<meter min=\"0\" max=\"1\" high=\"0.8\" value=\"{(capacity > 0 ? backend.LoadRps / capacity : 1):0.00}\"></meter>");

    private static string Addresses(BackendStatus backend) => string.Join(", ", backend.Addresses.Select(address =>
        address.State == "ready" ? Text(address.Url) : $"{Text(address.Url)} <span class=\"bad\">{Text(address.State)}</span>"));

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
