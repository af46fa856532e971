using AkiDb.TestKit;

namespace AkiDb.Benchmarks.Router;

/// <summary>A proxy in the race.</summary>
/// <param name="Name">Name in the table.</param>
/// <param name="Port">Port of the loopback interface.</param>
/// <param name="Server">Its process; null for the backend itself.</param>
/// <param name="AllocatedPath">Where it tells how much it allocated; null where it has no managed heap.</param>
internal sealed record Contender(string Name, int Port, ServerProcess? Server, string? AllocatedPath = null);

/// <summary>Starts every proxy with the same backend behind it; each as it would be set up for this job, access logs off.</summary>
internal sealed class Contenders : IAsyncDisposable
{
    private const string Install = "eng/install-test-servers.sh --bench";
    private const string Body = """{"embeddings":[[0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8]],"model":"use-lite","trace_id":"0af7651916cd43dd8448eb211c80319c"}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("router-bench-").FullName;
    private readonly List<ServerProcess> _servers = [];

    public IReadOnlyList<Contender> All { get; private set; } = [];

    public static async Task<Contenders> StartAsync()
    {
        var contenders = new Contenders();
        try
        {
            await contenders.StartAllAsync();
            return contenders;
        }
        catch
        {
            await contenders.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Enumerable.Reverse(_servers))
        {
            // Asked politely, so that nginx's and HAProxy's workers end with their master.
            server.Signal(15);
            try
            {
                await server.WaitForExitAsync(TimeSpan.FromSeconds(5));
            }
            catch (OperationCanceledException)
            {
                await server.KillAsync();
            }

            await server.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAllAsync()
    {
        var backend = FreePort.Next();
        await NginxAsync("backend", backend, $"return 200 '{Body}';", "", workers: 1);
        var redis = await RedisServer.StartAsync();
        _servers.Add(redis);
        var haproxy = FreePort.Next();
        var plain = FreePort.Next();
        var lua = FreePort.Next();
        var yarp = FreePort.Next();
        All =
        [
            new Contender("no proxy", backend, null),
            new Contender("plain YARP", yarp, await DotnetAsync("AkiDb.Benchmarks.dll", yarp, "plain-yarp", $"http://127.0.0.1:{yarp}", $"http://127.0.0.1:{backend}"), PlainYarp.AllocatedPath),
            await RouterAsync("router", backend, redis, "none"),
            await RouterAsync("router, access log", backend, redis, Path.Combine(_folder, "access.log")),
            new Contender("nginx", plain, await NginxAsync("plain", plain, "proxy_pass http://backend;", Upstreams(backend))),
            new Contender("nginx + Lua + Redis", lua, await NginxAsync("lua", lua, LuaLocation(redis.Port), Upstreams(backend))),
            new Contender("HAProxy", haproxy, await HaproxyAsync(haproxy, backend)),
        ];
    }

    private async Task<Contender> RouterAsync(string name, int backend, RedisServer redis, string accessLog)
    {
        var port = FreePort.Next();
        var url = $"http://127.0.0.1:{backend}";
        var path = Write($"router-{port}.yaml", $$"""
            cluster: bench
            region: local
            backends:
              - {name: jetson, kind: jetson, region: edge, costPerMillionUsd: 0.8, capacityRps: 1000000, expectedComputeP95Ms: 18, addresses: ["{{url}}"]}
              - {name: spot, kind: spot, region: local, costPerMillionUsd: 2, capacityRps: 1000000, expectedComputeP95Ms: 14, addresses: ["{{url}}"]}
              - {name: lambda, kind: lambda, region: local, costPerMillionUsd: 4.2, expectedComputeP95Ms: 50, addresses: ["{{url}}"]}
              - {name: on-demand, kind: on-demand, region: local, costPerMillionUsd: 6, expectedComputeP95Ms: 14, addresses: ["{{url}}"]}
            routes: [{name: embed, path: /api/v1/embed, repeatable: true}]
            redis: {url: "{{redis.Url}}"}
            health: {probePath: /}
            timeouts: {drainMs: 0}
            accessLog: {path: "{{accessLog}}"}
            """);
        return new Contender(
            name, port, await DotnetAsync("AkiDb.Router.dll", port, "serve", "--config", path, "--urls", $"http://127.0.0.1:{port}"), "/metrics");
    }

    private Task<ServerProcess> DotnetAsync(string program, int port, params string[] arguments) =>
        KeepAsync(new ServerProcess("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments], port, "the .NET SDK"));

    private Task<ServerProcess> NginxAsync(string name, int port, string location, string upstreams, int workers = 2)
    {
        var path = Write($"{name}.conf", $$"""
            include /etc/nginx/modules-enabled/*.conf;
            worker_processes {{workers}}; daemon off; pid {{_folder}}/{{name}}.pid; error_log {{_folder}}/{{name}}.log crit;
            events { worker_connections 4096; }
            http {
              access_log off; keepalive_requests 1000000000; default_type application/json;
              client_body_temp_path {{_folder}}; proxy_temp_path {{_folder}}; fastcgi_temp_path {{_folder}}; uwsgi_temp_path {{_folder}}; scgi_temp_path {{_folder}};
              lua_package_path "/usr/share/lua/5.1/?.lua;;";
              {{upstreams}}
              server {
                listen 127.0.0.1:{{port}};
                location / { proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host; proxy_set_header X-Real-IP $remote_addr; {{location}} }
              }
            }
            """);
        return KeepAsync(new ServerProcess("nginx", ["-c", path], port, Install));
    }

    // The specification's routing (week 14), with connections to Redis kept alive, which it forgot: without that nginx runs out of ports.
    private static string LuaLocation(int redis) => $$"""
        set $backend "central_dc_ondemand";
        access_by_lua_block {
          local latency_budget = tonumber(ngx.var.http_x_latency_budget) or 50
          local red = require("nginx.redis"):new()
          red:connect("127.0.0.1", {{redis}})
          local function load(key) local v = red:get(key); return tonumber(v) or 0 end
          local backend = "central_dc_ondemand"
          if latency_budget >= 25 and load("jetson_cluster_qps") < 1650 * 0.8 then backend = "jetson_cluster"
          elseif load("central_dc_spot_qps") < 600 * 0.8 then backend = "central_dc_spot"
          elseif latency_budget >= 50 then backend = "lambda_edge" end
          red:set_keepalive(10000, 100)
          ngx.var.backend = backend
        }
        proxy_pass http://$backend;
        """;

    private static string Upstreams(int backend) => string.Concat(
        new[] { "backend", "jetson_cluster", "central_dc_spot", "central_dc_ondemand", "lambda_edge" }
            .Select(name => $"upstream {name} {{ server 127.0.0.1:{backend}; keepalive 128; keepalive_requests 1000000000; }}\n"));

    private Task<ServerProcess> HaproxyAsync(int port, int backend)
    {
        var path = Write("haproxy.cfg", $"""
            global
              nbthread 2
            defaults
              mode http
              timeout connect 1s
              timeout client 30s
              timeout server 30s
              option http-keep-alive
              http-reuse always
            frontend in
              bind 127.0.0.1:{port}
              default_backend out
            backend out
              server one 127.0.0.1:{backend}

            """);
        return KeepAsync(new ServerProcess("haproxy", ["-db", "-f", path], port, Install));
    }

    private async Task<ServerProcess> KeepAsync(ServerProcess server)
    {
        _servers.Add(server);
        await server.WaitUntilUpAsync();
        return server;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
