using System.Text.Json.Nodes;
using AkiDb.Local.Scoreboard;

namespace AkiDb.Runtime.Tests.Local;

/// <summary>What is added up during a run.</summary>
public sealed class ScoreboardTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 3, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Quantiles_OfAHundredValues_AreThoseOfTheNearestRank() =>
        Quantiles.Of(Enumerable.Range(1, 100).Select(value => (double)value)).Should().Be(new Quantiles(50, 95, 99));

    [Fact]
    public void Quantiles_OfNothing_AreNotKnown() => Quantiles.Of([]).Should().BeNull();

    [Fact]
    public void Ledger_OfAMinute_HasTheFewestReadyTheMostPaidAndTheLastWanted()
    {
        var ledger = new ReplicaLedger(Start);

        ledger.Record(Start.AddSeconds(-30), 9, 9, 9);
        ledger.Record(Start.AddSeconds(10), 2, 3, 3);
        ledger.Record(Start.AddSeconds(50), 3, 3, 4);
        ledger.Record(Start.AddMinutes(2), 4, 4, 4);

        ledger.Minutes.Should().Equal((2, 3, 4), (2, 3, 4), (4, 4, 4));
    }

    [Fact]
    public void Books_OfABackendThatLeftAndCameBack_KeepWhatItHadSpentSinceTheBeginning()
    {
        var books = new RouterBooks();

        books.Record(State(("spot", 1_000, 0.002m, 2), ("on-demand", 500, 0.003m, 6)));
        books.Record(State(("spot", 1_100, 0.0022m, 2), ("on-demand", 550, 0.0033m, 6)));
        books.Record(State(("on-demand", 560, 0.00336m, 6)));
        books.Record(State(("spot", 10, 0.00002m, 2), ("on-demand", 560, 0.00336m, 6)));

        books.Shares().Select(share => (share.Name, share.Requests, share.SpentUsd)).Should().Equal(("spot", 110, 0.00022m), ("on-demand", 60, 0.00036m));
        books.Money().Should().Be((0.00058m, 170 * 4m / 1_000_000));
    }

    private static JsonObject State(params (string Name, long Attempts, decimal Spent, decimal Cost)[] backends) => new()
    {
        ["backends"] = new JsonArray([.. backends.Select(backend => new JsonObject
        {
            ["name"] = backend.Name,
            ["attempts"] = backend.Attempts,
            ["spentUsd"] = backend.Spent,
            ["costPerMillionUsd"] = backend.Cost,
            ["p95Ms"] = 5.0,
        })]),
    };
}
