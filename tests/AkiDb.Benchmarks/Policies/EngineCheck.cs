using System.Diagnostics;
using System.Net;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;
using AkiDb.Infra.PolicyHost;
using AkiDb.Infra.PolicyHost.Grpc;
using AkiDb.Infra.PolicyHost.Protocol;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AkiDb.Benchmarks.Policies;

/// <summary>AnalyzeStack as the engine calls it: one HTTP/2 request over loopback, from the first byte sent to the last one read.</summary>
internal static class EngineCheck
{
    public static async Task<IReadOnlyList<TimeSpan>> MeasureAsync(int resources, int rounds, CancellationToken cancel)
    {
        await using var host = PolicyHostApplication.Create([], TimeProvider.System);
        await host.StartAsync(cancel);
        using var client = new HttpClient { BaseAddress = new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        var request = Request(LargePlan.Of(resources));
        var frame = GrpcFrame.Write(request.CalculateSize(), span => request.WriteTo(span));

        var times = new List<TimeSpan>();
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            using var call = new HttpRequestMessage(HttpMethod.Post, "/pulumirpc.Analyzer/AnalyzeStack")
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = new ByteArrayContent(frame) { Headers = { { "content-type", "application/grpc" } } },
            };
            using var response = await client.SendAsync(call, cancel);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancel);
            times.Add(Stopwatch.GetElapsedTime(start));
            if (AnalyzeResponse.Parser.ParseFrom(bytes.AsSpan(GrpcFrame.HeaderLength)).Diagnostics.Count == 0)
                throw new InvalidOperationException("AnalyzeStack found nothing in a plan with faults.");
        }

        await host.StopAsync(cancel);
        return times;
    }

    private static AnalyzeStackRequest Request(StackPlan plan)
    {
        var request = new AnalyzeStackRequest();
        request.Resources.AddRange(plan.Resources.Select(resource => new AnalyzerResource
        {
            Type = resource.Type,
            Name = resource.Name,
            Urn = resource.Urn.ToString(),
            Parent = resource.Parent ?? "",
            Properties = Struct(resource.Inputs),
        }));
        return request;
    }

    private static Struct Struct(MapValue map)
    {
        var properties = new Struct();
        foreach (var (key, value) in map.Entries)
            properties.Fields[key] = Value(value);
        return properties;
    }

    private static Value Value(PlanValue value) => value switch
    {
        BooleanValue flag => Google.Protobuf.WellKnownTypes.Value.ForBool(flag.Value),
        NumberValue number => Google.Protobuf.WellKnownTypes.Value.ForNumber(number.Value),
        TextValue text => Google.Protobuf.WellKnownTypes.Value.ForString(text.Value),
        AkiDb.Infra.Plan.Values.ListValue list => Google.Protobuf.WellKnownTypes.Value.ForList([.. list.Items.Select(Value)]),
        MapValue map => Google.Protobuf.WellKnownTypes.Value.ForStruct(Struct(map)),
        _ => Google.Protobuf.WellKnownTypes.Value.ForNull(),
    };
}
