namespace AkiDb.Predictor.Replay;

/// <summary>How early replicas were there when more were needed than in the half hour before.</summary>
/// <param name="Ramps">Minutes that needed more than any of the 30 before.</param>
/// <param name="InTimeShare">Share of them whose replicas served in that minute, 0 to 1; 1 without ramps.</param>
/// <param name="MedianLeadMinutes">Median of the minutes that they had served already; late ones count as 0.</param>
/// <param name="TenMinutesShare">Share of the ramps whose replicas had served for ten minutes or more, 0 to 1; 1 without ramps.</param>
internal sealed record RampScore(int Ramps, double InTimeShare, int MedianLeadMinutes, double TenMinutesShare)
{
    private const int Window = 30;
    private const int WantedLead = 10;

    /// <summary>Scores what served against what was needed, both a minute.</summary>
    public static RampScore Of(ReadOnlySpan<int> need, ReadOnlySpan<int> ready)
    {
        var leads = new List<int?>();
        for (var i = Window; i < need.Length; i++)
        {
            if (need[i] > Max(need.Slice(i - Window, Window)))
            {
                leads.Add(Lead(need[i], ready[..(i + 1)]));
            }
        }

        if (leads.Count == 0)
        {
            return new RampScore(0, 1, 0, 1);
        }

        var sorted = leads.Select(lead => lead ?? 0).Order().ToList();
        return new RampScore(
            leads.Count, (double)leads.Count(lead => lead is not null) / leads.Count, sorted[sorted.Count / 2],
            (double)leads.Count(lead => lead >= WantedLead) / leads.Count);
    }

    // Null when too few serve in the last minute; else for how many minutes before it they have served without a break.
    private static int? Lead(int need, ReadOnlySpan<int> ready)
    {
        if (ready[^1] < need)
        {
            return null;
        }

        var lead = 0;
        while (lead + 2 <= ready.Length && ready[^(lead + 2)] >= need)
        {
            lead++;
        }

        return lead;
    }

    private static int Max(ReadOnlySpan<int> values)
    {
        var max = int.MinValue;
        foreach (var value in values)
        {
            max = Math.Max(max, value);
        }

        return max;
    }
}
