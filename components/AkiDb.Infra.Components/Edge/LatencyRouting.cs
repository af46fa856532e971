using System.Collections.Immutable;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Observability;
using Pulumi;
using Pulumi.Aws.Route53.Inputs;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Edge;

/// <summary>A region's load balancer, as DNS needs it.</summary>
/// <param name="Region">AWS region.</param>
/// <param name="DnsName">The load balancer's own name.</param>
/// <param name="ZoneId">The zone of that name.</param>
public sealed record RegionalOrigin(string Region, Input<string> DnsName, Input<string> ZoneId);

/// <summary>Settings of a <see cref="LatencyRouting"/>.</summary>
public sealed class LatencyRoutingArgs : ResourceArgs
{
    /// <summary>The names.</summary>
    public required EdgeNames Names { get; init; }

    /// <summary>Zone of the names.</summary>
    [Input("zoneId", required: true)]
    public required Input<string> ZoneId { get; init; }

    /// <summary>One load balancer a region: Route 53 takes one latency record a region and name.</summary>
    public required ImmutableArray<RegionalOrigin> Origins { get; init; }

    /// <summary>Seconds between two checks of each checker: 10 or 30, and nothing else. 10 costs $1 a check and month more.
    /// It cannot be changed later (Route 53 developer guide, "Values that you specify", read 2026-11). Default: 10.</summary>
    public int HealthCheckSeconds { get; init; } = 10;
}

/// <summary>
/// Who asks for <see cref="EdgeNames.Nearest"/> gets the healthy region with the lowest latency; who asks for
/// <see cref="EdgeNames.Standby"/> gets another one. Both are asked by CloudFront's edge locations only. Route 53 checks what the
/// routers say of themselves, through the load balancer.
/// </summary>
public sealed class LatencyRouting : ComponentResource
{
    private readonly string _name;
    private readonly LatencyRoutingArgs _args;

    /// <summary>Declares records and checks.</summary>
    /// <exception cref="ArgumentException">No region, one twice, or another interval than 10 or 30 s.</exception>
    public LatencyRouting(string name, LatencyRoutingArgs args, ComponentResourceOptions? options = null)
        : base("akidb:edge:LatencyRouting", name, args, options)
    {
        (_name, _args) = (name, args);
        var component = $"LatencyRouting '{name}'";
        var regions = args.Origins.Select(origin => origin.Region).ToList();
        ComponentArgument.Require(regions.Count > 0 && regions.Distinct().Count() == regions.Count, component, nameof(args.Origins),
            string.Join(", ", regions), "one region or more, none twice");
        ComponentArgument.OneOf(component, nameof(args.HealthCheckSeconds), args.HealthCheckSeconds, [10, 30]);

        var checks = args.Origins.Select(CreateCheck).ToImmutableArray();
        HealthChecks = [.. args.Origins.Zip(checks, (origin, check) => new OriginHealthCheck(origin.Region, check.Id))];
        for (var index = 0; index < args.Origins.Length; index++)
            CreateRecord("nearest", args.Names.Nearest, args.Origins[index].Region, args.Origins[index], checks[index]);
        for (var index = 0; HasStandby && index < args.Origins.Length; index++)
        {
            var next = (index + 1) % args.Origins.Length;
            CreateRecord("standby", args.Names.Standby, args.Origins[index].Region, args.Origins[next], checks[next]);
        }

        RegisterOutputs();
    }

    /// <summary>Health check of each origin.</summary>
    public ImmutableArray<OriginHealthCheck> HealthChecks { get; }

    /// <summary>True where there is a second region.</summary>
    public bool HasStandby => _args.Origins.Length > 1;

    private Aws.Route53.HealthCheck CreateCheck(RegionalOrigin origin) => new($"{_name}-{origin.Region}", new Aws.Route53.HealthCheckArgs
    {
        Type = "HTTPS",
        Fqdn = origin.DnsName,
        Port = 443,
        EnableSni = true,
        ResourcePath = ServiceEndpoints.Ready,
        RequestInterval = _args.HealthCheckSeconds,
        FailureThreshold = 3,
        Tags = { ["Name"] = $"{_args.Names.Domain} {origin.Region}" },
    }, new CustomResourceOptions { Parent = this });

    private void CreateRecord(string kind, string name, string nearRegion, RegionalOrigin origin, Aws.Route53.HealthCheck check) =>
        _ = new Aws.Route53.Record($"{_name}-{kind}-{nearRegion}", new Aws.Route53.RecordArgs
        {
            ZoneId = _args.ZoneId,
            Name = name,
            Type = Aws.Route53.RecordType.A,
            SetIdentifier = nearRegion,
            LatencyRoutingPolicies = { new RecordLatencyRoutingPolicyArgs { Region = nearRegion } },
            HealthCheckId = check.Id,
            Aliases = { new RecordAliasArgs { Name = origin.DnsName, ZoneId = origin.ZoneId, EvaluateTargetHealth = true } },
        }, new CustomResourceOptions { Parent = this });
}
