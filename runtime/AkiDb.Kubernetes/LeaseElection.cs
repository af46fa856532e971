using System.Globalization;
using System.Text.Json.Nodes;

namespace AkiDb.Kubernetes;

/// <summary>
/// Makes one of several pods the leader by a Lease (coordination.k8s.io/v1), as client-go's leader election does: who holds it
/// renews it, who does not waits until it has not been renewed for its whole duration, by the waiter's own clock. Clocks need not
/// agree, and a leader that cannot renew stops leading before another can begin.
/// </summary>
/// <remarks>Not thread-safe, except <see cref="IsLeading"/>. Source: kubernetes/client-go, tools/leaderelection, doc.</remarks>
public sealed class LeaseElection
{
    private readonly KubernetesApi _api;
    private readonly string _path;
    private readonly string _name;
    private readonly string _identity;
    private readonly TimeProvider _time;
    private (string Holder, string Renewed, long At) _seen = ("", "", 0);
    private Renewal? _renewal;

    /// <summary>Takes part in an election.</summary>
    /// <param name="api">The API.</param>
    /// <param name="space">Namespace of the Lease.</param>
    /// <param name="name">Name of the Lease; created if it is not there.</param>
    /// <param name="identity">Name of this pod.</param>
    /// <param name="time">Clock.</param>
    public LeaseElection(KubernetesApi api, string space, string name, string identity, TimeProvider time)
    {
        (_api, _name, _identity, _time) = (api, name, identity, time);
        _path = $"/apis/coordination.k8s.io/v1/namespaces/{space}/leases";
    }

    /// <summary>How long a Lease that nobody renews still binds the others. 30 s.</summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a leader that cannot renew still leads: less than <see cref="Duration"/>, so that two never do. 20 s.</summary>
    public static TimeSpan RenewLimit { get; } = TimeSpan.FromSeconds(20);

    /// <summary>How often to call <see cref="TryAsync"/>. 5 s.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether this pod leads now.</summary>
    public bool IsLeading => Volatile.Read(ref _renewal) is { } renewal && _time.GetElapsedTime(renewal.At) < RenewLimit;

    /// <summary>Tries once to become or remain the leader.</summary>
    /// <returns>Whether this pod leads.</returns>
    /// <exception cref="HttpRequestException">The API refused for another reason than someone else's write, or cannot be reached.</exception>
    public async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        // Counted from before the call: the others may have seen the renewal as early as that.
        var now = _time.GetTimestamp();
        try
        {
            if (await WriteAsync(now, cancellationToken))
            {
                Volatile.Write(ref _renewal, new Renewal(now));
            }
        }
        catch (KubernetesException e) when (e.IsConflict)
        {
            // Someone else was faster; the next try shows who.
        }

        return IsLeading;
    }

    /// <summary>Gives the Lease up, so that another pod need not wait for it to expire. Failure is no error: it expires.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (!IsLeading)
        {
            return;
        }

        Volatile.Write(ref _renewal, null);
        try
        {
            var lease = await _api.GetAsync($"{_path}/{_name}", cancellationToken);
            if (HolderOf(lease) == _identity)
            {
                lease["spec"]!["holderIdentity"] = "";
                lease["spec"]!["leaseDurationSeconds"] = 1;
                await _api.ReplaceAsync($"{_path}/{_name}", lease, cancellationToken);
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // It expires.
        }
    }

    private async Task<bool> WriteAsync(long now, CancellationToken cancellationToken)
    {
        JsonNode lease;
        try
        {
            lease = await _api.GetAsync($"{_path}/{_name}", cancellationToken);
        }
        catch (KubernetesException e) when (e.IsNotFound)
        {
            await _api.CreateAsync(_path, new JsonObject
            {
                ["apiVersion"] = "coordination.k8s.io/v1",
                ["kind"] = "Lease",
                ["metadata"] = new JsonObject { ["name"] = _name },
                ["spec"] = Spec(0, acquired: null),
            }, cancellationToken);
            return true;
        }

        var (holder, renewed) = (HolderOf(lease), lease["spec"]?["renewTime"]?.ToString() ?? "");
        if (_seen.Holder != holder || _seen.Renewed != renewed)
        {
            _seen = (holder, renewed, now);
        }

        if (holder != _identity && holder.Length > 0 && _time.GetElapsedTime(_seen.At, now) < Duration)
        {
            return false;
        }

        var transitions = lease["spec"]?["leaseTransitions"]?.GetValue<int>() ?? 0;
        lease["spec"] = holder == _identity ? Spec(transitions, lease["spec"]?["acquireTime"]?.ToString()) : Spec(transitions + 1, acquired: null);
        await _api.ReplaceAsync($"{_path}/{_name}", lease, cancellationToken);
        return true;
    }

    private JsonObject Spec(int transitions, string? acquired)
    {
        var now = MicroTime(_time.GetUtcNow());
        return new JsonObject
        {
            ["holderIdentity"] = _identity,
            ["leaseDurationSeconds"] = (int)Duration.TotalSeconds,
            ["acquireTime"] = acquired ?? now,
            ["renewTime"] = now,
            ["leaseTransitions"] = transitions,
        };
    }

    /// <summary>A moment as the API writes it where microseconds count.</summary>
    public static string MicroTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static string HolderOf(JsonNode lease) => lease["spec"]?["holderIdentity"]?.ToString() ?? "";

    private sealed record Renewal(long At);
}
