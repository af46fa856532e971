namespace AkiDb.Router.Model;

/// <summary>
/// Money spent on one backend, and what the same requests would have cost on demand. Requests only count; money is worked out
/// when somebody reads, in decimals, and a change of price first settles what was counted at the old one.
/// </summary>
public sealed class CostLedger
{
    private const decimal Million = 1_000_000;

    private readonly Lock _settlement = new();
    private long _requests;
    private long _attempts;
    private decimal _priceUsd;
    private decimal _onDemandPriceUsd;
    private decimal _settledUsd;
    private decimal _settledOnDemandUsd;
    private long _settledRequests;
    private long _settledAttempts;

    /// <summary>Requests sent, second attempts and hedges included: each costs.</summary>
    public long Attempts => Volatile.Read(ref _attempts);

    /// <summary>Counts one request sent.</summary>
    /// <param name="isFirst">False for a second attempt, which on-demand alone would not have needed.</param>
    public void Count(bool isFirst)
    {
        Interlocked.Increment(ref _attempts);
        if (isFirst)
        {
            Interlocked.Increment(ref _requests);
        }
    }

    /// <summary>US dollars spent, and what the first attempts would have cost on demand.</summary>
    public (decimal SpentUsd, decimal OnDemandUsd) Read()
    {
        lock (_settlement)
        {
            return (
                _settledUsd + ((Attempts - _settledAttempts) * _priceUsd / Million),
                _settledOnDemandUsd + ((Volatile.Read(ref _requests) - _settledRequests) * _onDemandPriceUsd / Million));
        }
    }

    /// <summary>Prices from now on, in US dollars per million requests.</summary>
    public void SetPrices(decimal priceUsd, decimal onDemandPriceUsd)
    {
        lock (_settlement)
        {
            (_settledUsd, _settledOnDemandUsd) = Read();
            (_settledAttempts, _settledRequests) = (Attempts, Volatile.Read(ref _requests));
            (_priceUsd, _onDemandPriceUsd) = (priceUsd, onDemandPriceUsd);
        }
    }
}
