using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using AkiDb.Contracts;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Edge;

/// <summary>A warm tier that the edge may choose.</summary>
/// <param name="OriginId">Its origin in the distribution.</param>
/// <param name="Region">Its AWS region.</param>
public sealed record WarmOrigin(string OriginId, string Region);

/// <summary>Settings of a <see cref="ViewerFunction"/>.</summary>
public sealed class ViewerFunctionArgs : ResourceArgs
{
    /// <summary>Name in AWS, e.g. <c>akidb-prod-viewer</c>.</summary>
    public required string FunctionName { get; init; }

    /// <summary>Warm tiers; the first takes viewers whose place CloudFront does not know. None: the cluster embeds.</summary>
    public required ImmutableArray<WarmOrigin> Warm { get; init; }

    /// <summary>Reads have a second origin.</summary>
    public required bool HasStandby { get; init; }

    /// <summary>Largest body that any origin takes, bytes. Default: 10 MB.</summary>
    public int MaxBodyBytes { get; init; } = 10_000_000;

    /// <summary>Largest body that goes to the warm tier, bytes, at most 1 MB: the edge cannot sign what it does not see. Default:
    /// 64 KiB, some dozens of texts; more is the cluster's work, which batches.</summary>
    public int WarmMaxBytes { get; init; } = 65_536;
}

/// <summary>The CloudFront function on every request: guards, trace and choice of the origin (runtime/edge/viewer-request.js).</summary>
public sealed class ViewerFunction : ComponentResource
{
    /// <summary>Most code that CloudFront takes, bytes (CloudFront developer guide, "Quotas on CloudFront Functions", read 2026-11).</summary>
    public const int MaxCodeBytes = 10_240;

    // Beyond this the edge sees only the beginning of a body at an origin event (CloudFront developer guide, "Restrictions on the
    // request body", read 2026-11).
    private const int VisibleBodyBytes = 1_048_576;

    private static readonly string[] Paths = ["/api/", "/openapi/"];

    /// <summary>Declares the function.</summary>
    /// <exception cref="ArgumentException">A region whose place is not known, or more code than CloudFront takes.</exception>
    public ViewerFunction(string name, ViewerFunctionArgs args, ComponentResourceOptions? options = null)
        : base("akidb:edge:ViewerFunction", name, args, options)
    {
        var component = $"ViewerFunction '{name}'";
        ComponentArgument.InRange(component, nameof(args.WarmMaxBytes), args.WarmMaxBytes, 1, VisibleBodyBytes);
        ComponentArgument.InRange(component, nameof(args.MaxBodyBytes), args.MaxBodyBytes, args.WarmMaxBytes, 20_000_000);
        foreach (var warm in args.Warm)
            ComponentArgument.OneOf(component, nameof(args.Warm), warm.Region, [.. RegionPlaces.All.Keys.Order(StringComparer.Ordinal)]);

        var code = EdgeSources.ViewerRequest.Replace("AKIDB_SETTINGS", Settings(args), StringComparison.Ordinal);
        ComponentArgument.InRange(component, "bytes of code", Encoding.UTF8.GetByteCount(code), 1, MaxCodeBytes);
        var function = new Aws.CloudFront.Function(name, new Aws.CloudFront.FunctionArgs
        {
            Name = args.FunctionName,
            Comment = "Guards, trace, choice of the origin",
            Runtime = "cloudfront-js-2.0",
            Code = code,
            Publish = true,
        }, new CustomResourceOptions { Parent = this });

        Arn = function.Arn;
        RegisterOutputs(new Dictionary<string, object?> { ["arn"] = Arn });
    }

    /// <summary>ARN of the function.</summary>
    public Output<string> Arn { get; }

    private static string Settings(ViewerFunctionArgs args) => JsonSerializer.Serialize(new
    {
        paths = Paths,
        embedPath = ServiceEndpoints.Embed,
        maxBodyBytes = args.MaxBodyBytes,
        warmMaxBytes = args.WarmMaxBytes,
        cluster = EdgeDistribution.ClusterOrigin,
        standby = args.HasStandby ? EdgeDistribution.StandbyOrigin : null,
        warm = args.Warm.Select(warm => new
        {
            origin = warm.OriginId,
            latitude = RegionPlaces.All[warm.Region].Latitude,
            longitude = RegionPlaces.All[warm.Region].Longitude,
        }),
    });
}
