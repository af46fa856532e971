namespace AkiDb.Benchmarks.Index;

/// <summary>The command line of `bench index`.</summary>
internal sealed record BenchmarkArguments(bool IsQuick, bool WithPeers, string? Only, int Rounds, int? Rows)
{
    public const string Usage = """
        bench index [--quick] [--set NAME] [--rounds N] [--rows N] [--no-peers]
          --quick      one small data set, 3 rounds (about a minute); its ratios are indications only
          --set NAME   one of: clustered-128, clustered-96, sentence-512, filters, ablation
          --rounds N   interleaved rounds, 1 to 101; default 9 (3 with --quick)
          --rows N     vectors in each set, 1,000 to 5,000,000, instead of the set's own number
          --no-peers   our index only
        """;

    public static readonly string[] Sets = ["clustered-128", "clustered-96", "sentence-512", "filters", "ablation"];

    /// <summary>Reads the arguments; null, with the reason on the error stream, when they are wrong.</summary>
    public static BenchmarkArguments? Parse(string[] args)
    {
        var parsed = new BenchmarkArguments(false, true, null, 0, null);
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--quick":
                    parsed = parsed with { IsQuick = true };
                    break;
                case "--no-peers":
                    parsed = parsed with { WithPeers = false };
                    break;
                case "--set" when Sets.Contains(value):
                    parsed = parsed with { Only = args[++i] };
                    break;
                case "--rounds" when int.TryParse(value, out var rounds) && rounds is >= 1 and <= 101:
                    parsed = parsed with { Rounds = rounds };
                    i++;
                    break;
                case "--rows" when int.TryParse(value, out var rows) && rows is >= 1_000 and <= 5_000_000:
                    parsed = parsed with { Rows = rows };
                    i++;
                    break;
                default:
                    Console.Error.WriteLine($"Did not understand '{args[i]} {value}'.\n{Usage}");
                    return null;
            }
        }

        return parsed.Rounds > 0 ? parsed : parsed with { Rounds = parsed.IsQuick ? 3 : 9 };
    }

    /// <summary>Vectors of a set.</summary>
    public int RowsOr(int full, int quick) => Rows ?? (IsQuick ? quick : full);

    /// <summary>Whether a set was asked for.</summary>
    public bool Wants(string set) => Only is null ? !IsQuick || set is "clustered-128" : Only == set;
}
