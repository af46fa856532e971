using System.Text.Json.Nodes;

namespace AkiDb.Local.Scoreboard;

/// <summary>What the router's own books say of each backend, added up over the run: a backend that left the configuration and came
/// back begins anew there, but not here. The first state is where the run begins. Thread-safe.</summary>
internal sealed class RouterBooks
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Book> _books = new(StringComparer.Ordinal);
    private bool _hasBegun;

    /// <summary>Takes in a state of the router (<c>/_router/state</c>).</summary>
    public void Record(JsonNode state)
    {
        lock (_lock)
        {
            foreach (var backend in state["backends"]!.AsArray())
            {
                var name = backend!["name"]!.GetValue<string>();
                var (attempts, spent) = (backend["attempts"]!.GetValue<long>(), backend["spentUsd"]!.GetValue<decimal>());
                var before = _books.GetValueOrDefault(name) ?? new Book();
                // Counters that went back have begun anew.
                var (fromAttempts, fromSpent) = !_hasBegun ? (attempts, spent) : attempts < before.LastAttempts ? (0, 0) : (before.LastAttempts, before.LastSpentUsd);
                _books[name] = new Book
                {
                    Attempts = before.Attempts + attempts - fromAttempts,
                    SpentUsd = before.SpentUsd + spent - fromSpent,
                    LastAttempts = attempts,
                    LastSpentUsd = spent,
                    P95Ms = backend["p95Ms"]!.GetValue<double>(),
                    CostPerMillionUsd = backend["costPerMillionUsd"]!.GetValue<decimal>(),
                };
            }

            _hasBegun = true;
        }
    }

    /// <summary>Each backend, cheapest first.</summary>
    public IReadOnlyList<BackendShare> Shares()
    {
        lock (_lock)
        {
            var all = Math.Max(1, _books.Values.Sum(book => book.Attempts));
            return
            [
                .. _books.OrderBy(pair => pair.Value.CostPerMillionUsd).Select(pair => new BackendShare(
                    pair.Key, pair.Value.Attempts, (double)pair.Value.Attempts / all, pair.Value.P95Ms, pair.Value.CostPerMillionUsd, pair.Value.SpentUsd)),
            ];
        }
    }

    /// <summary>Dollars spent, and what the same requests would have cost if each backend had got as many as every other.</summary>
    public (decimal SpentUsd, decimal UniformUsd) Money()
    {
        var shares = Shares();
        return shares.Count == 0
            ? (0, 0)
            : (shares.Sum(share => share.SpentUsd), shares.Sum(share => share.Requests) * shares.Average(share => share.CostPerMillionUsd) / 1_000_000);
    }

    private sealed record Book
    {
        public long Attempts { get; init; }

        public decimal SpentUsd { get; init; }

        public long LastAttempts { get; init; }

        public decimal LastSpentUsd { get; init; }

        public double P95Ms { get; init; }

        public decimal CostPerMillionUsd { get; init; }
    }
}
