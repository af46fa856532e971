using System.Text.Json.Nodes;

namespace AkiDb.Router.Configuration;

/// <summary>Reads a whole configuration and reports everything that is wrong with it at once.</summary>
public static class ConfigParser
{
    private const int MaxMs = 3_600_000;

    private static readonly Dictionary<string, ListenProtocols> Protocols = new(StringComparer.Ordinal)
    {
        ["both"] = ListenProtocols.Both,
        ["http1"] = ListenProtocols.Http1,
        ["http2"] = ListenProtocols.Http2,
    };

    /// <summary>Settings from JSON or YAML text.</summary>
    /// <exception cref="ConfigException">The text has errors; it carries all of them.</exception>
    public static RouterConfig Parse(string text)
    {
        var errors = new List<ConfigError>();
        var config = Read(ConfigTree.Parse(text), errors);
        return errors.Count == 0 ? config : throw new ConfigException(errors);
    }

    private static RouterConfig Read(JsonObject tree, List<ConfigError> errors)
    {
        var root = new SettingsReader(tree, "", errors);
        var config = new RouterConfig
        {
            Cluster = root.RequiredText("cluster", "a name", "akidb-prod-us-east-1"),
            Region = root.RequiredText("region", "an AWS region or the name of an edge site", "us-east-1"),
            DefaultLatencyBudgetMs = root.Integer("defaultLatencyBudgetMs", 1, 60_000, "milliseconds", 50),
            MaxLoad = (double)(root.Number("maxLoad", 0.05m, 1, "of the capacity", "0.8") ?? 0.8m),
            MaxMissedBudgets = (double)(root.Number("maxMissedBudgets", 0.00001m, 1, "of the requests", "0.001") ?? 0.001m),
            Backends = BackendParser.ReadAll(root),
            Routes = ReadRoutes(root),
            Health = ReadHealth(root.Object("health")),
            Retry = ReadRetry(root.Object("retry")),
            Timeouts = ReadTimeouts(root.Object("timeouts")),
            Limits = ReadLimits(root.Object("limits")),
            Redis = ReadRedis(root.Object("redis")),
            AccessLog = ReadAccessLog(root.Object("accessLog")),
            Listen = [.. root.Objects("listen", "url").Select(ReadListen)],
        };
        root.RefuseUnknownKeys();
        return config;
    }

    private static List<RouteConfig> ReadRoutes(SettingsReader root)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { "other" };
        var routes = new List<RouteConfig>();
        foreach (var reader in root.Objects("routes"))
        {
            var name = reader.RequiredText("name", "a name", "embed");
            if (!names.Add(name))
            {
                reader.Refuse("name", $"\"{name}\"", "a name that no other route has (\"other\" is every request without one)", "\"search\"");
            }

            routes.Add(new RouteConfig
            {
                Name = name,
                Path = reader.RequiredText("path", "a path that starts with /", Contracts.ServiceEndpoints.Embed,
                    path => path.StartsWith('/')).TrimEnd('/'),
                IsRepeatable = reader.Flag("repeatable", false),
                ReplayBodyBytes = reader.Integer("replayBodyBytes", 0, 1 << 20, "bytes", 64 * 1024),
                HoldResponseBytes = reader.Integer("holdResponseBytes", 0, 1 << 20, "bytes", 64 * 1024),
                LatencyBudgetMs = reader.Has("latencyBudgetMs") ? reader.Integer("latencyBudgetMs", 1, 60_000, "milliseconds", 50) : null,
                HedgeAfterMs = reader.Has("hedgeAfterMs") ? reader.Integer("hedgeAfterMs", 1, 60_000, "milliseconds", 20) : null,
            });
            AskOptional(reader, "latencyBudgetMs", "hedgeAfterMs");
            reader.RefuseUnknownKeys();
        }

        return routes;
    }

    // Keys that were absent were not asked for; asking makes them known to the list in an error.
    private static void AskOptional(SettingsReader reader, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (!reader.Has(key))
            {
                reader.Integer(key, 0, 0, "", 0);
            }
        }
    }

    private static HealthConfig ReadHealth(SettingsReader? reader)
    {
        if (reader is null)
        {
            return new HealthConfig();
        }

        var health = new HealthConfig
        {
            Failures = reader.Integer("failures", 1, 100, "failures", 2),
            EjectionMs = reader.Integer("ejectionMs", 100, MaxMs, "milliseconds", 10_000),
            OutlierErrorRatio = (double)(reader.Number("outlierErrorRatio", 0.05m, 1, "of the answers", "0.5") ?? 0.5m),
            OutlierMinRequests = reader.Integer("outlierMinRequests", 1, 100_000, "requests", 5),
            SlowStartMs = reader.Integer("slowStartMs", 0, MaxMs, "milliseconds", 10_000),
            ProbePath = reader.Text("probePath", "a path that starts with /", Contracts.ServiceEndpoints.Ready, path => path.StartsWith('/'))
                ?? Contracts.ServiceEndpoints.Ready,
            ProbeIntervalMs = reader.Integer("probeIntervalMs", 50, MaxMs, "milliseconds", 5_000),
            ProbeTimeoutMs = reader.Integer("probeTimeoutMs", 10, MaxMs, "milliseconds", 1_000),
        };
        reader.RefuseUnknownKeys();
        return health;
    }

    private static RetryConfig ReadRetry(SettingsReader? reader)
    {
        if (reader is null)
        {
            return new RetryConfig();
        }

        var retry = new RetryConfig
        {
            BudgetRatio = (double)(reader.Number("budgetRatio", 0, 1, "of the requests", "0.2") ?? 0.2m),
            BudgetBurst = reader.Integer("budgetBurst", 0, 100_000, "second attempts", 200),
        };
        reader.RefuseUnknownKeys();
        return retry;
    }

    private static TimeoutConfig ReadTimeouts(SettingsReader? reader)
    {
        if (reader is null)
        {
            return new TimeoutConfig();
        }

        var timeouts = new TimeoutConfig
        {
            ConnectMs = reader.Integer("connectMs", 10, MaxMs, "milliseconds", 500),
            AttemptMs = reader.Integer("attemptMs", 10, MaxMs, "milliseconds", 1_000),
            ResponseMs = reader.Integer("responseMs", 10, MaxMs, "milliseconds", 30_000),
            IdleMs = reader.Integer("idleMs", 100, MaxMs, "milliseconds", 100_000),
            IdleConnectionMs = reader.Integer("idleConnectionMs", 100, MaxMs, "milliseconds", 60_000),
            DrainMs = reader.Integer("drainMs", 0, MaxMs, "milliseconds", 5_000),
            ShutdownMs = reader.Integer("shutdownMs", 0, MaxMs, "milliseconds", 30_000),
        };
        reader.RefuseUnknownKeys();
        return timeouts;
    }

    private static LimitConfig ReadLimits(SettingsReader? reader)
    {
        if (reader is null)
        {
            return new LimitConfig();
        }

        var limits = new LimitConfig
        {
            MaxBodyBytes = reader.LongInteger("maxBodyBytes", 0, 1L << 40, "bytes", 64L * 1024 * 1024),
            MaxHeaderBytes = reader.Integer("maxHeaderBytes", 1024, 1 << 20, "bytes", 32 * 1024),
            MaxInFlight = reader.Integer("maxInFlight", 1, 1_000_000, "requests", 10_000),
        };
        reader.RefuseUnknownKeys();
        return limits;
    }

    private static RedisConfig? ReadRedis(SettingsReader? reader)
    {
        if (reader is null)
        {
            return null;
        }

        var redis = new RedisConfig
        {
            Url = reader.RequiredText("url", "redis:// or rediss:// with a host", "redis://127.0.0.1:6379", RedisUrl),
            PasswordVariable = reader.Text("passwordVariable", "the name of an environment variable", "REDIS_PASSWORD"),
            Key = reader.Text("key", "a Redis key", "akidb:router:load") ?? "akidb:router:load",
            FlushMs = reader.Integer("flushMs", 10, 10_000, "milliseconds", 200),
            TimeoutMs = reader.Integer("timeoutMs", 1, 10_000, "milliseconds", 100),
        };
        reader.RefuseUnknownKeys();
        return redis;

        static bool RedisUrl(string text) =>
            Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "redis" or "rediss" && uri.Host.Length > 0;
    }

    private static AccessLogConfig ReadAccessLog(SettingsReader? reader)
    {
        if (reader is null)
        {
            return new AccessLogConfig();
        }

        var path = reader.Text("path", "a file, \"-\" for standard output or \"none\"", "-") ?? "-";
        var log = new AccessLogConfig
        {
            Path = path == "none" ? null : path,
            SampleSuccess = (double)(reader.Number("sampleSuccess", 0, 1, "of the successful requests", "1") ?? 1),
        };
        reader.RefuseUnknownKeys();
        return log;
    }

    private static ListenConfig ReadListen(SettingsReader reader)
    {
        var url = reader.RequiredText("url", "http:// or https:// with an address and a port", "http://0.0.0.0:8080", AddressUrl.IsOrigin);
        var listen = new ListenConfig(
            url,
            reader.Choice("protocols", Protocols, ListenProtocols.Both),
            reader.Text("certificateFile", "a PEM file", "tls.crt"),
            reader.Text("keyFile", "a PEM file", "tls.key"));
        if (url.StartsWith("https:", StringComparison.Ordinal) && (listen.CertificateFile is null || listen.KeyFile is null))
        {
            reader.Refuse("certificateFile", null, "certificateFile and keyFile where the URL is https", "\"tls.crt\"");
        }

        reader.RefuseUnknownKeys();
        return listen;
    }
}
