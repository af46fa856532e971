using System.Buffers;
using AkiDb.Router.Measurement;
using AkiDb.Router.Model;
using AkiDb.Router.Routing;
using AkiDb.Telemetry.Tracing;

namespace AkiDb.Router.Proxy;

/// <summary>
/// Everything about one request while it passes through; pooled. An attempt's deadline is watched by the heartbeat, not by a
/// timer of its own: <see cref="CancelIfLate"/> and <see cref="Disarm"/> agree through one word on who comes first.
/// </summary>
#pragma warning disable CA1001 // The cancellation source has neither timer nor wait handle, so there is nothing to dispose of.
internal sealed class Exchange
#pragma warning restore CA1001
{
    private const double Idle = 0;
    private const double Claimed = -1;

    private double _deadline = Idle;
    private CancellationTokenSource _cancellation = new();
    private byte[]? _requestBody;
    private int _requestBodyLength;

    public Exchange(RouterClock clock)
    {
        Clock = clock;
        Transformer = new ExchangeTransformer(this);
    }

    public RouterClock Clock { get; }

    public ExchangeTransformer Transformer { get; }

    public RouterModel Model { get; private set; } = null!;

    public RouteModel Route { get; private set; } = null!;

    public double StartedAt { get; private set; }

    /// <summary>Latency budget in milliseconds: the caller's, else the route's, else the router's.</summary>
    public int BudgetMs { get; private set; }

    /// <summary>True when the caller named the budget; only then is the rest passed on.</summary>
    public bool IsBudgetGiven { get; private set; }

    /// <summary>True when doing the request twice does no harm.</summary>
    public bool MayRepeat { get; private set; }

    public TraceContext Trace { get; private set; }

    /// <summary>Text of the decision header when the caller asked; else null.</summary>
    public string? Explanation { get; set; }

    public RouteDecision Decision { get; set; }

    /// <summary>1 for the first attempt.</summary>
    public int Attempt { get; private set; }

    public AddressState Address { get; private set; } = null!;

    public double AttemptStartedAt { get; private set; }

    public bool IsTrial { get; private set; }

    /// <summary>True when a failure of this attempt will be followed by another attempt if nothing was passed on.</summary>
    public bool HasAnotherAttempt { get; set; }

    /// <summary>Milliseconds to the response's headers, or to its end where it was held; NaN before.</summary>
    public double AnsweredAfterMs { get; set; }

    /// <summary>When the answer's headers, or the whole of a held answer, were there; now when there was none.</summary>
    public double AnsweredAt(double nowMs) => double.IsNaN(AnsweredAfterMs) ? nowMs : AttemptStartedAt + AnsweredAfterMs;

    /// <summary>Status of the address's answer; 0 before.</summary>
    public int Status { get; set; }

    /// <summary>True when the heartbeat cancelled the attempt.</summary>
    public bool IsLate { get; private set; }

    /// <summary>Failure while the answer was held, before any of it was passed on.</summary>
    public Exception? HoldFailure { get; set; }

    /// <summary>True when the answer was a server error that was not passed on.</summary>
    public bool IsAnswerWithheld { get; set; }

    /// <summary>True when the request has a body that can only be sent once.</summary>
    public bool StreamsRequestBody { get; set; }

    /// <summary>True when sending the body may take long: then neither the attempt's deadline nor its latency means the backend.</summary>
    public bool IsLongUpload { get; set; }

    public CancellationToken Cancellation => _cancellation.Token;

    /// <summary>Backend of the attempt under way, for the heartbeat; null between attempts.</summary>
    public BackendState? WaitsFor { get; private set; }

    public void Begin(RouterModel model, RouteModel route, double nowMs, int budgetMs, bool isBudgetGiven, bool mayRepeat, TraceContext trace)
    {
        (Model, Route, StartedAt, BudgetMs, IsBudgetGiven, MayRepeat, Trace) = (model, route, nowMs, budgetMs, isBudgetGiven, mayRepeat, trace);
        (Attempt, Explanation, Status, StreamsRequestBody, IsLongUpload) = (0, null, 0, false, false);
        Decision = new RouteDecision(null, RouteReason.Refused);
    }

    /// <summary>Starts an attempt with a deadline in milliseconds from now; infinity for none.</summary>
    public void BeginAttempt(AddressState address, bool isTrial, double nowMs, double timeoutMs)
    {
        Attempt++;
        (Address, IsTrial, AttemptStartedAt, AnsweredAfterMs) = (address, isTrial, nowMs, double.NaN);
        (IsLate, HoldFailure, IsAnswerWithheld, Status) = (false, null, false, 0);
        WaitsFor = Decision.Backend!.State;
        Volatile.Write(ref _deadline, nowMs + timeoutMs);
    }

    /// <summary>A hedge won: the attempt goes on as if it had been made at the other address.</summary>
    public void SwitchTo(RouteDecision decision, AddressState address, double sentAt)
    {
        Address.Leave();
        (Decision, Address, AttemptStartedAt) = (decision, address, sentAt);
    }

    /// <summary>The answer is here: the deadline no longer holds.</summary>
    public void Disarm()
    {
        WaitsFor = null;
        if (Interlocked.Exchange(ref _deadline, Idle) == Claimed)
        {
            // The heartbeat is cancelling, or has: this source cannot be used again.
            IsLate = true;
            _cancellation = new CancellationTokenSource();
        }
    }

    /// <summary>Heartbeat: cancels the attempt if its deadline passed.</summary>
    public void CancelIfLate(double nowMs)
    {
        var deadline = Volatile.Read(ref _deadline);
        if (deadline is Idle or Claimed || nowMs < deadline)
        {
            return;
        }

        var cancellation = _cancellation;
        if (Interlocked.CompareExchange(ref _deadline, Claimed, deadline).Equals(deadline))
        {
            cancellation.Cancel();
        }
    }

    /// <summary>Keeps the request's body for a second attempt; the buffer goes back to the pool with <see cref="End"/>.</summary>
    public void KeepBody(byte[] pooled, int length) => (_requestBody, _requestBodyLength) = (pooled, length);

    /// <summary>The kept body from its start, or null when there is none.</summary>
    public Stream? OpenKeptBody() => _requestBody is null ? null : new MemoryStream(_requestBody, 0, _requestBodyLength, writable: false);

    /// <summary>The kept body's bytes, or null when there is none.</summary>
    public ReadOnlyMemory<byte>? KeptBody => _requestBody is null ? null : _requestBody.AsMemory(0, _requestBodyLength);

    public void End()
    {
        Disarm();
        if (_requestBody is not null)
        {
            ArrayPool<byte>.Shared.Return(_requestBody);
            _requestBody = null;
        }
    }
}
