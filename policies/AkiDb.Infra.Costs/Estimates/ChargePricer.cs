using AkiDb.Infra.Costs.Prices;

namespace AkiDb.Infra.Costs.Estimates;

/// <summary>
/// Turns charges into lines. Tiers and allowances belong to the account, not to a resource, so one pricer sees all charges of
/// an estimate and remembers how much of each has been used; the order only decides which line gets the free part, never the sum.
/// </summary>
internal sealed class ChargePricer(PriceBook book)
{
    private readonly Dictionary<(string Id, string Region), decimal> _used = [];
    private readonly Dictionary<string, decimal> _allowancesLeft = [];

    /// <summary>Prices one charge of a resource that stands in <paramref name="resourceRegion"/>.</summary>
    public CostLine ToLine(Charge charge, string? resourceRegion)
    {
        var region = charge.Region ?? resourceRegion;
        var price = charge.Price ?? book.Find(charge.PriceId, region);
        var line = new CostLine
        {
            Name = charge.Name,
            Service = charge.PriceId.Split('.')[0],
            PriceId = charge.PriceId,
            Region = region,
            State = LineState.NotPriced,
            Price = price,
            IsUsage = charge.IsUsage,
            UsageKey = charge.UsageKey,
            Note = charge.Note,
        };
        if (price is null)
            return line;
        if (charge.Quantity is not { } quantity)
            return line with { State = LineState.DependsOnUsage };
        if (quantity < 0)
            throw new InvalidOperationException($"{charge.Name} has the quantity {quantity}; want 0 or more.");
        return line with { State = LineState.Priced, Quantity = quantity, MonthlyUsd = decimal.Round(Cost(price, quantity), 2, MidpointRounding.AwayFromZero) };
    }

    // The free part stands at the bottom of the first tier and so uses tier space too, as AWS' bills show it.
    private decimal Cost(Price price, decimal quantity)
    {
        var key = (price.Id, price.Region);
        var start = _used.GetValueOrDefault(key);
        _used[key] = start + quantity;
        var free = TakeFree(price, quantity);
        return Cumulative(price, start + quantity) - Cumulative(price, start + free);
    }

    private decimal TakeFree(Price price, decimal quantity)
    {
        if (price.Allowance is not { } id)
            return 0;
        var left = _allowancesLeft.TryGetValue(id, out var known) ? known : book.AllowanceOf(id).Quantity;
        var free = Math.Min(left, quantity);
        _allowancesLeft[id] = left - free;
        return free;
    }

    private static decimal Cumulative(Price price, decimal quantity)
    {
        decimal cost = 0, from = 0;
        foreach (var tier in price.Tiers)
        {
            var to = Math.Min(tier.UpTo ?? quantity, quantity);
            if (to <= from)
                break;
            cost += (to - from) * tier.Usd;
            from = to;
        }

        return cost / price.Per;
    }
}
