using AkiDb.Router.Configuration;

namespace AkiDb.Router.Proxy;

/// <summary>
/// A token bucket that every request feeds and every second attempt drains: when everything fails, retries add a fifth to the
/// load, not the double.
/// </summary>
internal sealed class RetryBudget
{
    private const long Token = 1_000;
    private long _tokens = long.MaxValue;

    /// <summary>Counts a request.</summary>
    public void Earn(RetryConfig config)
    {
        var most = config.BudgetBurst * Token;
        var tokens = Volatile.Read(ref _tokens);
        if (tokens < most)
        {
            Interlocked.Add(ref _tokens, (long)(config.BudgetRatio * Token));
        }
        else if (tokens > most)
        {
            Interlocked.CompareExchange(ref _tokens, most, tokens);
        }
    }

    /// <summary>True when a second attempt may be made now; counts it.</summary>
    public bool TrySpend()
    {
        if (Interlocked.Add(ref _tokens, -Token) >= 0)
        {
            return true;
        }

        Interlocked.Add(ref _tokens, Token);
        return false;
    }

    /// <summary>True when a second attempt would be allowed.</summary>
    public bool HasTokens => Volatile.Read(ref _tokens) >= Token;
}
