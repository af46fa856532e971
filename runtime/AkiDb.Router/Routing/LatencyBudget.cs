using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace AkiDb.Router.Routing;

/// <summary>Reads a caller's latency budget.</summary>
internal static class LatencyBudget
{
    /// <summary>Longest budget: an hour; more is a mistake in units.</summary>
    public const int MaxMs = 3_600_000;

    /// <summary>What a refused caller is told.</summary>
    public const string Rule = "X-Latency-Budget must be one whole number of milliseconds from 1 to 3600000, for example 50.";

    /// <summary>False when the header is there but is not one whole number from 1 to <see cref="MaxMs"/>.</summary>
    /// <param name="header">Values of the header.</param>
    /// <param name="budgetMs">The budget; null when the header is absent.</param>
    public static bool TryRead(StringValues header, out int? budgetMs)
    {
        budgetMs = null;
        if (header.Count == 0)
        {
            return true;
        }

        if (header.Count != 1 || !int.TryParse(header[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ms) || ms is < 1 or > MaxMs)
        {
            return false;
        }

        budgetMs = ms;
        return true;
    }
}
