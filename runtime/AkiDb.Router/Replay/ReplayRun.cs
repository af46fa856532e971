using System.Runtime.InteropServices;

namespace AkiDb.Router.Replay;

/// <summary>What a policy did with the day.</summary>
/// <param name="Policy">Its name.</param>
/// <param name="Requests">Requests simulated.</param>
/// <param name="Missed">Answered later than their budget, or refused.</param>
/// <param name="Refused">Refused for want of capacity.</param>
/// <param name="PerBackend">Requests to each backend in the order of the file.</param>
/// <param name="CostUsd">Cost of the simulated requests.</param>
internal sealed record ReplayResult(string Policy, long Requests, long Missed, long Refused, long[] PerBackend, decimal CostUsd)
{
    /// <summary>US dollars per million requests that were served.</summary>
    public decimal UsdPerMillion => Requests == Refused ? 0 : CostUsd * 1_000_000 / (Requests - Refused);

    public double MissedShare => (double)Missed / Requests;
}

/// <summary>A disturbance of the day.</summary>
/// <param name="FromMinute">First minute.</param>
/// <param name="ToMinute">First minute after it.</param>
/// <param name="Backend">Index of the backend in the file.</param>
/// <param name="Alive">Share of its addresses that still work.</param>
/// <param name="ExtraNetworkMs">Milliseconds added to each of its answers.</param>
internal sealed record Disturbance(int FromMinute, int ToMinute, int Backend, double Alive, double ExtraNetworkMs);

/// <summary>Sends a day of requests through one policy, one by one in the order of time.</summary>
internal sealed class ReplayRun(
    TrafficDay day, IReadOnlyList<SimulatedBackend> backends, IReplayPolicy policy, SimulatedTime time, IReadOnlyList<Disturbance> disturbances)
{
    private const double BeatMs = 100;
    private const double MinuteMs = 60_000;
    private const double ProbesNoticeAfterMs = 10_000;

    private readonly PriorityQueue<Answer, double> _underWay = new();
    private readonly long[] _perBackend = new long[backends.Count];
    private double _nextBeat;
    private long _missed;
    private long _refused;

    /// <summary>Runs the day.</summary>
    /// <param name="scale">Share of the requests simulated; capacities were scaled alike.</param>
    /// <param name="seed">Seed of arrivals, budgets and latencies: the same for every policy.</param>
    public ReplayResult Execute(double scale, int seed)
    {
        var (arrivals, latencies) = (new Random(seed), new Random(seed + 1));
        long requests = 0;
        for (var minute = 0; minute < TrafficDay.Minutes; minute++)
        {
            Disturb(minute);
            var (now, end) = (minute * MinuteMs, (minute + 1) * MinuteMs);
            var meanGapMs = 1_000 / Math.Max(1e-6, day.Rps[minute] * scale);
            while ((now -= meanGapMs * Math.Log(1 - arrivals.NextDouble())) < end)
            {
                Advance(now);
                Request(now, BudgetMix.Draw(arrivals), latencies);
                requests++;
            }
        }

        var cost = backends.Select((backend, i) => _perBackend[i] * backend.Config.CostPerMillionUsd / 1_000_000).Sum();
        return new ReplayResult(policy.Name, requests, _missed, _refused, _perBackend, cost);
    }

    private void Advance(double now)
    {
        while (true)
        {
            var answerAt = _underWay.TryPeek(out var answer, out var at) ? at : double.PositiveInfinity;
            if (Math.Min(answerAt, _nextBeat) > now)
            {
                time.MoveTo(now);
                return;
            }

            if (answerAt <= _nextBeat)
            {
                _underWay.Dequeue();
                policy.Answered(answer.Backend, answer.LatencyMs, answer.BudgetMs);
            }
            else
            {
                time.MoveTo(_nextBeat);
                policy.Beat(_nextBeat);
                _nextBeat += BeatMs;
            }
        }
    }

    private void Request(double now, int budgetMs, Random latencies)
    {
        var backend = policy.Choose(now, budgetMs);
        if (backend < 0)
        {
            _refused++;
            _missed++;
            return;
        }

        var latency = backends[backend].Serve(now, latencies);
        _perBackend[backend]++;
        _missed += latency > budgetMs ? 1 : 0;
        _underWay.Enqueue(new Answer(backend, latency, budgetMs), now + latency);
    }

    private void Disturb(int minute)
    {
        for (var i = 0; i < backends.Count; i++)
        {
            var active = disturbances.Where(one => one.Backend == i && minute >= one.FromMinute && minute < one.ToMinute).ToList();
            backends[i].Alive = active.Select(one => one.Alive).DefaultIfEmpty(1).Min();
            backends[i].ExtraNetworkMs = active.Sum(one => one.ExtraNetworkMs);
            var known = disturbances.Where(one => one.Backend == i
                && (minute * MinuteMs) - (one.FromMinute * MinuteMs) >= ProbesNoticeAfterMs && minute < one.ToMinute);
            (policy as RouterPolicy)?.SetAlive(i, known.Select(one => one.Alive).DefaultIfEmpty(1).Min(), minute * MinuteMs);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Answer(int Backend, double LatencyMs, int BudgetMs);
}
