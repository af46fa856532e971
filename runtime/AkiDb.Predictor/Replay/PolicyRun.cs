using AkiDb.Contracts;

namespace AkiDb.Predictor.Replay;

/// <summary>What one policy did with a trace, minute by minute over its judged part.</summary>
internal sealed class PolicyRun
{
    private PolicyRun(string policy, int[] replicas, int[] ready) => (Policy, Replicas, Ready) = (policy, replicas, ready);

    /// <summary>Name of the policy.</summary>
    public string Policy { get; }

    /// <summary>Replicas paid for in each minute.</summary>
    public int[] Replicas { get; }

    /// <summary>Replicas that served in each minute.</summary>
    public int[] Ready { get; }

    /// <summary>Times that the number was changed.</summary>
    public int Changes { get; private set; }

    /// <summary>What was done and written down, by the minute.</summary>
    public static PolicyRun Recorded(string policy, int[] replicas, int[] ready, int changes) => new(policy, replicas, ready) { Changes = changes };

    /// <summary>Runs a policy. It begins with what the last minute before the judged part needs.</summary>
    public static PolicyRun Of(IScalingPolicy policy, ReplayTrace trace, ReplicaRule rule, int provisioningMinutes)
    {
        var run = new PolicyRun(policy.Name, new int[trace.JudgedMinutes], new int[trace.JudgedMinutes]);
        var cluster = new SimulatedCluster(rule.ReplicasFor(trace.Qps[trace.From - 1]), provisioningMinutes);
        for (var i = 0; i < run.Replicas.Length; i++)
        {
            var minute = trace.From + i;
            cluster.Begin(minute);
            cluster.Scale(minute, policy.Decide(minute - 1, cluster.Replicas));
            run.Replicas[i] = cluster.Replicas;
            run.Ready[i] = cluster.Ready;
        }

        run.Changes = cluster.Changes;
        return run;
    }
}
