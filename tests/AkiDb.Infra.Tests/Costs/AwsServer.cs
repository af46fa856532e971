using System.Collections.Concurrent;
using AkiDb.Infra.Costs.Aws;
using Amazon.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AkiDb.Infra.Tests.Costs;

/// <summary>A local server that answers as an AWS endpoint would, from a script, and keeps what it was asked.</summary>
internal sealed class AwsServer : IAsyncDisposable
{
    public sealed record Request(string? Target, string ContentType, string Authorization, string Body);

    private readonly WebApplication _app;

    private AwsServer(WebApplication app, Uri address) => (_app, Address) = (app, address);

    public Uri Address { get; }

    public ConcurrentQueue<Request> Requests { get; } = new();

    /// <summary>Starts it.</summary>
    /// <param name="answers">Status and body, in order; the last is repeated.</param>
    public static async Task<AwsServer> StartAsync(params (int Status, string Body)[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var asked = 0;
        AwsServer? server = null;
        app.MapPost("/", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            server!.Requests.Enqueue(new Request(context.Request.Headers["x-amz-target"], context.Request.ContentType!, context.Request.Headers.Authorization!, await reader.ReadToEndAsync()));
            var (status, body) = answers[Math.Min(Interlocked.Increment(ref asked) - 1, answers.Length - 1)];
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
        });
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!;
        return server = new AwsServer(app, new Uri(addresses.Addresses.Single()));
    }

    public AwsApiClient Client(string service) => new(new HttpClient(), Address, "us-east-1", service, new BasicAWSCredentials("AKIDEXAMPLE", "secret"), new Hasty());

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // Real time, but waits between attempts take a thousandth.
    private sealed class Hasty : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime / 1000, period);
    }
}
