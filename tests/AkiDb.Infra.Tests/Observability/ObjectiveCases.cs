using System.Globalization;

namespace AkiDb.Infra.Tests.Observability;

/// <summary>Burns of an error budget at 100 requests a second: fast, slow, recovered, too slow to matter, and no traffic at all.</summary>
internal static class ObjectiveCases
{
    private const string Place = "job=\"akidb-router\",region=\"us-east-1\",route=\"embed\"";
    private const double Rps = 100;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    public static IEnumerable<RuleCase> All =>
    [
        .. Burn("ErrorBudgetFastBurn", 14.4, TimeSpan.FromHours(1), Minute),
        .. Burn("ErrorBudgetMediumBurn", 6, TimeSpan.FromHours(6), Minute),
        .. Burn("ErrorBudgetSlowBurn", 3, TimeSpan.FromDays(1), FiveMinutes),
        .. Burn("ErrorBudgetSteadyBurn", 1, TimeSpan.FromDays(3), FiveMinutes),
        .. Unmeasured,
    ];

    private static IEnumerable<RuleCase> Unmeasured
    {
        get
        {
            foreach (var slo in new[] { "availability", "latency", "errors" })
            {
                // The histogram lost its name, or the counter did; the other objectives still see.
                var gone = slo == "latency" ? "http_request_duration" : "http_requests_total";
                yield return new RuleCase("ObjectiveUnmeasured", $"{slo}: its metric was renamed while requests are routed", Minutes(30))
                {
                    Input = [.. Traffic(Steady(Rps, 40), Steady(0, 40), Steady(Rps, 40), 40).Where(input => !input.Series.StartsWith(gone, StringComparison.Ordinal)), Decisions(40)],
                    Firing = slo == "latency" ? ["region=us-east-1 slo=latency"] : ["region=us-east-1 slo=availability", "region=us-east-1 slo=errors"],
                };
            }

            yield return new RuleCase("ObjectiveUnmeasured", "measured", Minutes(30)) { Input = [.. Traffic(Steady(Rps, 40), Steady(0, 40), Steady(Rps, 40), 40), Decisions(40)] };
            yield return new RuleCase("ObjectiveUnmeasured", "no traffic: nothing is routed", Minutes(30))
            {
                Input = [($"akidb_router_decisions_total{{{Place},backend=\"spot\"}}", "100+0x40")],
            };
        }
    }

    // Four regions at once, each its own story: what happens in one must not be heard of in another.
    private static IEnumerable<RuleCase> Burn(string alert, double factor, TimeSpan window, TimeSpan interval)
    {
        // The long window still remembers; the short one says that it is over. Ten minutes for the rates to forget.
        var after = (window / 12) + Minutes(10);
        var steps = (int)((window + after) / interval) + 5;
        foreach (var (slo, budget) in new[] { ("availability", 0.0005), ("latency", 0.001), ("errors", 0.001) })
        {
            yield return new RuleCase(alert, $"{slo}: {factor:0.#} × burns, a tenth less does not, nor one that is over, nor no traffic", window + after)
            {
                Input =
                [
                    .. Traffic(slo, factor * budget * 1.1, steps, interval),
                    .. In("eu-central-1", Traffic(slo, factor * budget * 0.9, steps, interval)),
                    .. In("ap-northeast-1", Recovered(slo, factor * budget * 1.5, window, after, interval)),
                    .. In("sa-east-1", Silence(steps)),
                ],
                Interval = interval,
                Firing = [$"region=us-east-1 slo={slo}"],
                QuietScenarios = 3,
            };
        }
    }

    private static IEnumerable<(string Series, string Values)> In(string region, IEnumerable<(string Series, string Values)> input) =>
        input.Select(series => (series.Series.Replace("us-east-1", region, StringComparison.Ordinal), series.Values));

    private static IEnumerable<(string Series, string Values)> Recovered(string slo, double share, TimeSpan burning, TimeSpan after, TimeSpan interval)
    {
        var (steps, calm) = ((int)(burning / interval), (int)(after / interval) + 5);
        string Phases(double first, double second)
        {
            var seconds = interval.TotalSeconds;
            var top = first * seconds * steps;
            return string.Create(CultureInfo.InvariantCulture, $"0+{first * seconds}x{steps} {top + (second * seconds)}+{second * seconds}x{calm}");
        }

        var good = 1 - share;
        return slo == "latency"
            ? Traffic(Phases(Rps, Rps), Phases(0, 0), Phases(Rps * good, Rps), steps + calm)
            : Traffic(Phases(Rps * good, Rps), Phases(Rps * share, 0), Phases(Rps * good, Rps), steps + calm);
    }

    private static IEnumerable<(string Series, string Values)> Traffic(string slo, double badShare, int steps, TimeSpan interval)
    {
        // To the latency objective a bad request is a slow one, to the others a failed one. What is turned away (429) spoils only "errors".
        var (slow, failed) = slo == "latency" ? (badShare, 0.0) : (0.0, badShare);
        return Traffic(
            Steady(Rps * (1 - failed), steps, interval), Steady(Rps * failed, steps, interval), Steady(Rps * (1 - slow - failed), steps, interval), steps, slo == "errors" ? "429" : "503");
    }

    private static IEnumerable<(string Series, string Values)> Traffic(string good, string bad, string quick, int steps, string badStatus = "503") =>
    [
        ($"http_requests_total{{{Place},status=\"200\"}}", good),
        ($"http_requests_total{{{Place},status=\"{badStatus}\"}}", bad),
        ($"http_request_duration_seconds_count{{{Place},status=\"200\"}}", good),
        ($"http_request_duration_seconds_bucket{{{Place},status=\"200\",le=\"0.03\"}}", quick),
        ($"http_request_duration_seconds_bucket{{{Place},status=\"200\",le=\"+Inf\"}}", good),
        ($"http_requests_in_flight{{{Place}}}", RuleCase.Gauge(3, steps)),
    ];

    private static IEnumerable<(string Series, string Values)> Silence(int steps) => Traffic($"1000+0x{steps}", $"0+0x{steps}", $"1000+0x{steps}", steps);

    private static (string, string) Decisions(int steps) => ($"akidb_router_decisions_total{{{Place},backend=\"spot\"}}", Steady(Rps, steps));

    private static string Steady(double perSecond, int steps, TimeSpan? interval = null) => RuleCase.Counter(perSecond, steps, interval);

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);
}
