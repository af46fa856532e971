namespace AkiDb.Predictor.Replay;

/// <summary>Replicas of a replay: those added serve only after the provisioning time, those removed are gone at once.</summary>
internal sealed class SimulatedCluster(int replicas, int provisioningMinutes)
{
    private readonly Queue<(int ReadyAt, int Count)> _starting = new();

    /// <summary>Replicas that are paid for, ready or not.</summary>
    public int Replicas { get; private set; } = replicas;

    /// <summary>Replicas that serve.</summary>
    public int Ready { get; private set; } = replicas;

    /// <summary>Times that the number was changed.</summary>
    public int Changes { get; private set; }

    /// <summary>Begins a minute: what was ordered long enough ago is ready.</summary>
    public void Begin(int minute)
    {
        while (_starting.TryPeek(out var next) && next.ReadyAt <= minute)
        {
            Ready += _starting.Dequeue().Count;
        }
    }

    /// <summary>Sets the number at the beginning of a minute.</summary>
    public void Scale(int minute, int replicas)
    {
        if (replicas == Replicas)
        {
            return;
        }

        Changes++;
        if (replicas > Replicas)
        {
            _starting.Enqueue((minute + provisioningMinutes, replicas - Replicas));
        }
        else
        {
            Remove(Replicas - replicas);
        }

        Replicas = replicas;
        Begin(minute);
    }

    // As a ReplicaSet does: replicas that are not ready go first, the youngest of them before the others.
    private void Remove(int count)
    {
        var starting = _starting.ToList();
        _starting.Clear();
        for (var i = starting.Count - 1; i >= 0 && count > 0; i--)
        {
            var taken = Math.Min(count, starting[i].Count);
            starting[i] = (starting[i].ReadyAt, starting[i].Count - taken);
            count -= taken;
        }

        foreach (var rest in starting.Where(rest => rest.Count > 0))
        {
            _starting.Enqueue(rest);
        }

        Ready -= count;
    }
}
