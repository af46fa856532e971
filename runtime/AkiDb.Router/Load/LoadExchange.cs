using System.Globalization;
using AkiDb.Router.Configuration;
using AkiDb.Router.Measurement;
using AkiDb.Router.Model;

namespace AkiDb.Router.Load;

/// <summary>
/// Makes several routers agree on the load of a backend. Each tells Redis its own count of the last second and hears the sum of
/// the others', for all backends in one script call every 200 ms; nothing is asked while a request waits. Entries carry the
/// server's clock, so routers' clocks do not matter, and a router that is gone stops counting after two seconds.
/// </summary>
internal sealed class LoadExchange(RespClient client, RedisConfig config, string routerId)
{
    private const int MaxAgeMs = 2_000;
    private const double FreshMs = 3_000;

    // One hash: field "router\nbackend", value "server-ms count". Returns, for each backend asked about, the others' sum, and last
    // the number of other routers.
    private const string Script = """
        local now = redis.call('TIME')
        local ms = now[1] * 1000 + math.floor(now[2] / 1000)
        for i = 3, #ARGV, 2 do
          redis.call('HSET', KEYS[1], ARGV[1] .. '\n' .. ARGV[i], string.format('%d %s', ms, ARGV[i + 1]))
        end
        redis.call('PEXPIRE', KEYS[1], 60000)
        local sums, peers, count = {}, {}, 0
        local all = redis.call('HGETALL', KEYS[1])
        for i = 1, #all, 2 do
          local router, backend = string.match(all[i], '^(.-)\n(.*)$')
          local at, load = string.match(all[i + 1], '^(%d+) (.*)$')
          if ms - tonumber(at) > tonumber(ARGV[2]) then
            redis.call('HDEL', KEYS[1], all[i])
          elseif router ~= ARGV[1] then
            sums[backend] = (sums[backend] or 0) + tonumber(load)
            if not peers[router] then peers[router] = true; count = count + 1 end
          end
        end
        local result = {}
        for i = 3, #ARGV, 2 do result[#result + 1] = string.format('%.3f', sums[ARGV[i]] or 0) end
        result[#result + 1] = tostring(count)
        return result
        """;

    private double _lastHeard = double.NegativeInfinity;
    private int _peers;

    /// <summary>Other routers heard of at the last exchange.</summary>
    public int Peers => Volatile.Read(ref _peers);

    /// <summary>True while what is known of the others is recent.</summary>
    public bool IsFresh(double nowMs) => nowMs - Volatile.Read(ref _lastHeard) < FreshMs;

    /// <summary>One exchange.</summary>
    /// <exception cref="IOException">Redis cannot be reached.</exception>
    /// <exception cref="TimeoutException">Redis is slow.</exception>
    /// <exception cref="RespErrorException">Redis refused the script.</exception>
    public async Task ExchangeAsync(RouterModel model, RouterClock clock, CancellationToken cancellationToken)
    {
        var backends = model.Backends;
        List<string> command = ["EVAL", Script, "1", config.Key, routerId, MaxAgeMs.ToString()];
        var now = clock.Now;
        foreach (var backend in backends)
        {
            command.Add(backend.Config.Name);
            command.Add(backend.State.LocalRps(now).ToString("0.###", CultureInfo.InvariantCulture));
        }

        var reply = await client.SendAsync(command, TimeSpan.FromMilliseconds(config.TimeoutMs), cancellationToken);
        if (reply.Items is not { } sums || sums.Count != backends.Count + 1)
        {
            throw new IOException("Redis answered the load exchange with something else than one number a backend.");
        }

        for (var i = 0; i < backends.Count; i++)
        {
            backends[i].State.OthersRps = sums[i].Number ?? 0;
        }

        Volatile.Write(ref _peers, (int)(sums[^1].Number ?? 0));
        Volatile.Write(ref _lastHeard, clock.Now);
    }

    /// <summary>
    /// While Redis is gone: what was last heard holds for three seconds; then each known peer is taken to carry what this router
    /// carries itself, which errs on the careful side when traffic moves.
    /// </summary>
    public void Extrapolate(RouterModel model, double nowMs)
    {
        if (IsFresh(nowMs))
        {
            return;
        }

        foreach (var backend in model.Backends)
        {
            backend.State.OthersRps = Peers * backend.State.LocalRps(nowMs);
        }
    }
}
