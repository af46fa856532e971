using AkiDb.Router.Configuration;
using AkiDb.Router.Measurement;
using AkiDb.Router.Model;

namespace AkiDb.Router.Routing;

/// <summary>Chooses an address inside a backend.</summary>
internal sealed class AddressPicker(RandomSequence random)
{
    /// <summary>
    /// An address for one request: an ejected one whose trial is due if <paramref name="mayTry"/>, else the less busy of two
    /// drawn at random (Mitzenmacher 2001: exponentially better than one, and no scan over all). Null when there is none.
    /// </summary>
    /// <param name="state">The backend.</param>
    /// <param name="avoid">Address that already failed this request.</param>
    /// <param name="mayTry">True when the request can be repeated elsewhere if the trial fails.</param>
    /// <param name="health">Length of slow start and of ejections.</param>
    /// <param name="nowMs">The router's clock.</param>
    /// <param name="isTrial">True when the address is on trial; the result must be recorded or the trial abandoned.</param>
    public AddressState? Pick(BackendState state, AddressState? avoid, bool mayTry, HealthConfig health, double nowMs, out bool isTrial)
    {
        var ready = state.Ready;
        isTrial = false;
        // Where every request is one that cannot be repeated, one of them must be the trial in the end.
        var trialDueAt = mayTry ? ready.TrialDueAt : ready.TrialDueAt + health.EjectionMs;
        if (nowMs >= trialDueAt && PickTrial(state, avoid, nowMs) is { } trial)
        {
            isTrial = true;
            return trial;
        }

        var addresses = ready.Addresses;
        switch (addresses.Length)
        {
            case 0:
                return PickLastResort(state, avoid);
            case 1:
                return ReferenceEquals(addresses[0], avoid) ? null : addresses[0];
            default:
                return PickOfTwo(addresses, avoid, health.SlowStartMs, nowMs);
        }
    }

    private AddressState PickOfTwo(AddressState[] addresses, AddressState? avoid, double slowStartMs, double nowMs)
    {
        var i = random.Below(addresses.Length);
        var j = random.Below(addresses.Length - 1);
        j = j >= i ? j + 1 : j;
        if (ReferenceEquals(addresses[i], avoid))
        {
            return addresses[j];
        }

        if (ReferenceEquals(addresses[j], avoid))
        {
            return addresses[i];
        }

        return Cost(addresses[j], slowStartMs, nowMs) < Cost(addresses[i], slowStartMs, nowMs) ? addresses[j] : addresses[i];
    }

    // Requests ahead times how long each takes; an address without an answer yet counts as fast, so that it gets its first.
    private static double Cost(AddressState address, double slowStartMs, double nowMs) =>
        (address.InFlight + 1) * Math.Max(address.EwmaMs, 0.001) / address.Ramp(nowMs, slowStartMs);

    private static AddressState? PickTrial(BackendState state, AddressState? avoid, double nowMs)
    {
        foreach (var address in state.Addresses)
        {
            if (!ReferenceEquals(address, avoid) && address.TryBeginTrial(nowMs))
            {
                return address;
            }
        }

        return null;
    }

    private AddressState? PickLastResort(BackendState state, AddressState? avoid)
    {
        var addresses = state.Addresses;
        for (int n = addresses.Count, i = 0, start = n == 0 ? 0 : random.Below(n); i < n; i++)
        {
            var address = addresses[(start + i) % n];
            if (address.IsEjected && !address.IsDraining && !ReferenceEquals(address, avoid))
            {
                return address;
            }
        }

        return null;
    }
}
