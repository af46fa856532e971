namespace AkiDb.Benchmarks.Index;

/// <summary>Queries per second at equal recall, in interleaved rounds.</summary>
internal static class Duel
{
    /// <summary>The smallest ef with which a contestant reaches a recall, or null if 1,000 do not suffice.</summary>
    public static int? WidthFor(IContestant contestant, double recall)
    {
        int low = DataSet.K, high = 1000;
        if (contestant.Run(high, 1).Recall < recall)
        {
            return null;
        }

        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = contestant.Run(middle, 1).Recall >= recall ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>Measures all contestants in turn, round after round, each at the ef that gives it the recall.</summary>
    public static List<Line> Fight(IReadOnlyList<IContestant> contestants, double recall, int threads, int rounds)
    {
        var able = contestants
            .Select(contestant => (contestant, width: WidthFor(contestant, recall)))
            .Where(pair => pair.width is not null)
            .ToList();
        var passes = able.ConvertAll(_ => new List<Pass>());
        for (var round = 0; round < rounds; round++)
        {
            // The order turns each round, so that a neighbour's burst of work hits nobody always.
            for (var i = 0; i < able.Count; i++)
            {
                var turn = (i + round) % able.Count;
                passes[turn].Add(able[turn].contestant.Run(able[turn].width!.Value, threads));
            }
        }

        return [.. able.Select((pair, i) => new Line(pair.contestant, pair.width!.Value, passes[i][0].Recall, passes[i]))];
    }

    /// <summary>One contestant's result.</summary>
    internal sealed record Line(IContestant Contestant, int Width, double Recall, List<Pass> Passes)
    {
        /// <summary>Median seconds of a pass.</summary>
        public double Median => Statistics.Median(Passes.Select(pass => pass.Seconds));

        /// <summary>Median CPU seconds of a pass.</summary>
        public double MedianCpu => Statistics.Median(Passes.Select(pass => pass.CpuSeconds));

        /// <summary>Fastest and slowest pass, in seconds.</summary>
        public (double Fastest, double Slowest) Range => (Passes.Min(pass => pass.Seconds), Passes.Max(pass => pass.Seconds));
    }
}
