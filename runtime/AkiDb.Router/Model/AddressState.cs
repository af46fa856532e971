using AkiDb.Router.Configuration;

namespace AkiDb.Router.Model;

/// <summary>
/// What is known of one address: load, latency and whether it gets requests. Survives configuration changes that keep the
/// address. Counters are lock-free; the rare changes of health are made under the lock of this object.
/// </summary>
public sealed class AddressState(string url)
{
    private const double EwmaWeight = 0.1;
    private const int MaxEjectionFactor = 6;

    private readonly Lock _gate = new();
    private int _inFlight;
    private int _failuresInARow;
    private int _serverErrorsInARow;
    private double _ewmaMs;
    private double _ejectedUntil;
    private int _ejectionFactor = 1;
    private bool _trialRuns;
    private double _rampFrom = double.NegativeInfinity;
    private bool _drainsByConfig;
    private bool _drainsByItself;
    private bool _failsProbes;
    private int _probeFailures;
    private int _answers;
    private int _errors;
    private int _earlierAnswers;
    private int _earlierErrors;

    /// <summary>Scheme, host and port.</summary>
    public string Url { get; } = url;

    /// <summary>Requests under way.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Exponentially weighted latency in milliseconds; 0 before the first answer.</summary>
    public double EwmaMs => Volatile.Read(ref _ewmaMs);

    /// <summary>True while it wants no new requests: by configuration, or because it said so.</summary>
    public bool IsDraining => Volatile.Read(ref _drainsByConfig) || Volatile.Read(ref _drainsByItself);

    /// <summary>True after failures, until a trial succeeds.</summary>
    public bool IsEjected => Volatile.Read(ref _ejectedUntil) > 0;

    /// <summary>True while readiness probes fail.</summary>
    public bool FailsProbes => Volatile.Read(ref _failsProbes);

    /// <summary>True when it gets new requests.</summary>
    public bool IsReady => !IsDraining && !IsEjected && !FailsProbes;

    /// <summary>Share of its full weight, from 0.1 to 1, during slow start.</summary>
    /// <param name="nowMs">The router's clock.</param>
    /// <param name="slowStartMs">Length of the ramp; 0 for none.</param>
    public double Ramp(double nowMs, double slowStartMs)
    {
        var age = nowMs - Volatile.Read(ref _rampFrom);
        return age >= slowStartMs ? 1 : Math.Max(0.1, age / slowStartMs);
    }

    public void Enter() => Interlocked.Increment(ref _inFlight);

    public void Leave() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Starts slow start: for an address that joins a router that already has traffic.</summary>
    public void BeginRamp(double nowMs) => Volatile.Write(ref _rampFrom, nowMs);

    /// <summary>An answer that is no failure of the address; returns true when its readiness changed.</summary>
    public bool RecordSuccess(double ms, double nowMs)
    {
        var before = EwmaMs;
        // Two threads may overwrite each other's step; the average only steers, so a lost step does not matter.
        Volatile.Write(ref _ewmaMs, before == 0 ? ms : before + (EwmaWeight * (ms - before)));
        if (Volatile.Read(ref _failuresInARow) != 0)
        {
            Volatile.Write(ref _failuresInARow, 0);
        }

        if (Volatile.Read(ref _serverErrorsInARow) != 0)
        {
            Volatile.Write(ref _serverErrorsInARow, 0);
        }

        Interlocked.Increment(ref _answers);
        return IsEjected && Readmit(nowMs);
    }

    /// <summary>A failure of the address: no connection, time-out, broken answer, 502, 503 or 504. True when its readiness changed.</summary>
    public bool RecordFailure(HealthConfig health, double nowMs)
    {
        Interlocked.Increment(ref _errors);
        if (Interlocked.Increment(ref _failuresInARow) < health.Failures && !IsEjected)
        {
            return RecordOutlier(health, nowMs);
        }

        return Eject(health, nowMs);
    }

    /// <summary>
    /// A server error that may be the request's fault: counts against the address in the share of errors among the answers of
    /// the last ten seconds, and as one of a row without a good answer between. The row is what takes out an address that was
    /// well and now fails at everything: against ten good seconds the share would need as many errors as there were answers,
    /// and the retry budget ends before that. True when its readiness changed.
    /// </summary>
    public bool RecordServerError(HealthConfig health, double nowMs)
    {
        Interlocked.Increment(ref _errors);
        var isRow = Interlocked.Increment(ref _serverErrorsInARow) >= health.OutlierMinRequests;
        return IsEjected || isRow ? Eject(health, nowMs) : RecordOutlier(health, nowMs);
    }

    /// <summary>
    /// True for exactly one caller once the ejection is over: that request is the trial. Its result must be recorded or
    /// <see cref="AbandonTrial"/> called.
    /// </summary>
    public bool TryBeginTrial(double nowMs)
    {
        if (IsDraining || FailsProbes || !IsEjected || nowMs < Volatile.Read(ref _ejectedUntil))
        {
            return false;
        }

        lock (_gate)
        {
            if (_trialRuns || _ejectedUntil == 0)
            {
                return false;
            }

            _trialRuns = true;
            return true;
        }
    }

    /// <summary>The trial ended without a verdict, as when the client left.</summary>
    public void AbandonTrial()
    {
        lock (_gate)
        {
            _trialRuns = false;
        }
    }

    /// <summary>When the next trial may start, on the router's clock; infinity when none is due.</summary>
    public double TrialDueAt => IsEjected && !IsDraining && !FailsProbes ? Volatile.Read(ref _ejectedUntil) : double.PositiveInfinity;

    /// <summary>A readiness probe's result: two failures in a row take the address out, one success brings it back.</summary>
    public void RecordProbe(bool succeeded, bool drains, double nowMs)
    {
        lock (_gate)
        {
            _probeFailures = succeeded ? 0 : _probeFailures + 1;
            var failed = _failsProbes;
            _failsProbes = !succeeded && (failed || _probeFailures >= 2);
            _drainsByItself = drains;
            if (failed && succeeded)
            {
                _rampFrom = nowMs;
            }
        }

        if (succeeded && IsEjected)
        {
            Readmit(nowMs);
        }
    }

    /// <summary>The address said by a response header that it is draining; a later probe without it takes that back. True on change.</summary>
    public bool AnnounceDraining()
    {
        if (Volatile.Read(ref _drainsByItself))
        {
            return false;
        }

        Volatile.Write(ref _drainsByItself, true);
        return true;
    }

    /// <summary>Draining as the configuration or the cluster says.</summary>
    public void SetDraining(bool isDraining) => Volatile.Write(ref _drainsByConfig, isDraining);

    /// <summary>Ends half of the ten-second window over which errors are weighed; the heartbeat calls it every five seconds.</summary>
    public void EndHalfWindow()
    {
        Volatile.Write(ref _earlierAnswers, Interlocked.Exchange(ref _answers, 0));
        Volatile.Write(ref _earlierErrors, Interlocked.Exchange(ref _errors, 0));
    }

    private bool Eject(HealthConfig health, double nowMs)
    {
        lock (_gate)
        {
            if (_ejectedUntil > nowMs && !_trialRuns)
            {
                return false;
            }

            _ejectionFactor = _trialRuns ? Math.Min(_ejectionFactor * 2, MaxEjectionFactor) : 1;
            _ejectedUntil = nowMs + ((double)health.EjectionMs * _ejectionFactor);
            _trialRuns = false;
            return true;
        }
    }

    private bool Readmit(double nowMs)
    {
        lock (_gate)
        {
            // Requests that were under way at the ejection may still end well; only time and a trial bring an address back.
            if (_ejectedUntil == 0 || nowMs < _ejectedUntil)
            {
                return false;
            }

            _ejectedUntil = 0;
            _ejectionFactor = 1;
            _failuresInARow = 0;
            _serverErrorsInARow = 0;
            _trialRuns = false;
            _answers = _errors = _earlierAnswers = _earlierErrors = 0;
            _rampFrom = nowMs;
            return true;
        }
    }

    private bool RecordOutlier(HealthConfig health, double nowMs)
    {
        var errors = Volatile.Read(ref _errors) + Volatile.Read(ref _earlierErrors);
        var total = errors + Volatile.Read(ref _answers) + Volatile.Read(ref _earlierAnswers);
        return total >= health.OutlierMinRequests && errors >= total * health.OutlierErrorRatio && Eject(health, nowMs);
    }
}
