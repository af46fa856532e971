using System.Collections.Immutable;
using AkiDb.Contracts;
using Pulumi;
using Pulumi.Aws.CloudFront.Inputs;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Edge;

/// <summary>What CloudFront keys its cache by, what it hands to origins, and which headers it adds to answers.</summary>
internal sealed class EdgePolicies
{
    /// <summary>The headers about a viewer that are used, and no others: place, for the nearest warm tier, and country, for the metrics'
    /// log lines. CloudFront adds only those that a policy lists.</summary>
    public static readonly ImmutableArray<string> ViewerHeaders =
        ["CloudFront-Viewer-Country", "CloudFront-Viewer-Latitude", "CloudFront-Viewer-Longitude"];

    /// <summary>What else goes to the origin. A policy lists at most ten headers (CloudFront developer guide, "Quotas on headers",
    /// read 2026-11): with those above it is full.</summary>
    private static readonly ImmutableArray<string> ForwardedHeaders =
        ["Accept", "Content-Type", RequestHeaders.LatencyBudget, "traceparent", "tracestate", "x-akidb-authorization", "x-akidb-tier"];

    private const int OneYear = 31_536_000;
    private const int FiveMinutes = 300;

    public EdgePolicies(string name, string prefix, Resource parent)
    {
        var child = new CustomResourceOptions { Parent = parent };
        Live = new Aws.CloudFront.CachePolicy($"{name}-live", new Aws.CloudFront.CachePolicyArgs
        {
            Name = $"{prefix}-live",
            Comment = "Nothing is kept beyond a second, and that only where the origin says so",
            MinTtl = 0,
            DefaultTtl = 0,
            MaxTtl = 1,
            ParametersInCacheKeyAndForwardedToOrigin = new CachePolicyParametersInCacheKeyAndForwardedToOriginArgs
            {
                CookiesConfig = new CachePolicyParametersInCacheKeyAndForwardedToOriginCookiesConfigArgs { CookieBehavior = "none" },
                // An origin-request policy may not list Authorization; a cache policy may, and then nobody gets another's answer. X-Api-Key
                // has become one by then (viewer-request.js). What is fresh enough for one may be too old for another: that stands here too.
                HeadersConfig = new CachePolicyParametersInCacheKeyAndForwardedToOriginHeadersConfigArgs
                {
                    HeaderBehavior = "whitelist",
                    Headers = new CachePolicyParametersInCacheKeyAndForwardedToOriginHeadersConfigHeadersArgs
                    {
                        Items = { "Authorization", SearchHeaders.MaximumStaleness },
                    },
                },
                QueryStringsConfig = new CachePolicyParametersInCacheKeyAndForwardedToOriginQueryStringsConfigArgs { QueryStringBehavior = "all" },
            },
        }, child).Id;
        CachedReads = new Aws.CloudFront.CachePolicy($"{name}-reads", new Aws.CloudFront.CachePolicyArgs
        {
            Name = $"{prefix}-reads",
            Comment = "Documents that are the same for everyone",
            MinTtl = 0,
            DefaultTtl = FiveMinutes,
            MaxTtl = FiveMinutes,
            ParametersInCacheKeyAndForwardedToOrigin = new CachePolicyParametersInCacheKeyAndForwardedToOriginArgs
            {
                CookiesConfig = new CachePolicyParametersInCacheKeyAndForwardedToOriginCookiesConfigArgs { CookieBehavior = "none" },
                HeadersConfig = new CachePolicyParametersInCacheKeyAndForwardedToOriginHeadersConfigArgs { HeaderBehavior = "none" },
                QueryStringsConfig = new CachePolicyParametersInCacheKeyAndForwardedToOriginQueryStringsConfigArgs { QueryStringBehavior = "none" },
                EnableAcceptEncodingBrotli = true,
                EnableAcceptEncodingGzip = true,
            },
        }, child).Id;
        ToOrigin = new Aws.CloudFront.OriginRequestPolicy($"{name}-origin", new Aws.CloudFront.OriginRequestPolicyArgs
        {
            Name = $"{prefix}-origin",
            Comment = "What viewers sent, and where they are; the host is the origin's own",
            CookiesConfig = new OriginRequestPolicyCookiesConfigArgs { CookieBehavior = "none" },
            QueryStringsConfig = new OriginRequestPolicyQueryStringsConfigArgs { QueryStringBehavior = "all" },
            // A list, not "all viewer headers": Host must be the origin's, or TLS to it and the signature for a function URL fail.
            HeadersConfig = new OriginRequestPolicyHeadersConfigArgs
            {
                HeaderBehavior = "whitelist",
                Headers = new OriginRequestPolicyHeadersConfigHeadersArgs { Items = ForwardedHeaders.Concat(ViewerHeaders).ToList() },
            },
        }, child).Id;
        SecurityHeaders = new Aws.CloudFront.ResponseHeadersPolicy($"{name}-headers", new Aws.CloudFront.ResponseHeadersPolicyArgs
        {
            Name = $"{prefix}-headers",
            Comment = "An API: nothing to frame, to sniff or to run",
            SecurityHeadersConfig = new ResponseHeadersPolicySecurityHeadersConfigArgs
            {
                StrictTransportSecurity = new ResponseHeadersPolicySecurityHeadersConfigStrictTransportSecurityArgs
                {
                    AccessControlMaxAgeSec = 2 * OneYear,
                    IncludeSubdomains = true,
                    Override = true,
                },
                ContentTypeOptions = new ResponseHeadersPolicySecurityHeadersConfigContentTypeOptionsArgs { Override = true },
                FrameOptions = new ResponseHeadersPolicySecurityHeadersConfigFrameOptionsArgs { FrameOption = "DENY", Override = true },
                ReferrerPolicy = new ResponseHeadersPolicySecurityHeadersConfigReferrerPolicyArgs { ReferrerPolicy = "no-referrer", Override = true },
                ContentSecurityPolicy = new ResponseHeadersPolicySecurityHeadersConfigContentSecurityPolicyArgs
                {
                    ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'",
                    Override = true,
                },
            },
        }, child).Id;
    }

    /// <summary>Cache policy of the API.</summary>
    public Output<string> Live { get; }

    /// <summary>Cache policy of what is the same for everyone.</summary>
    public Output<string> CachedReads { get; }

    /// <summary>Origin-request policy of every behaviour.</summary>
    public Output<string> ToOrigin { get; }

    /// <summary>Response-headers policy of every behaviour.</summary>
    public Output<string> SecurityHeaders { get; }
}
