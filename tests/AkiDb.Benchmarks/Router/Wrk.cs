using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AkiDb.Benchmarks.Router;

/// <summary>One run of wrk against a port of this machine.</summary>
/// <param name="Rps">Requests per second.</param>
/// <param name="P50Ms">Median latency.</param>
/// <param name="P99Ms">99th percentile of the latency.</param>
/// <param name="Requests">Requests answered.</param>
/// <param name="Errors">Answers that were not 2xx or 3xx, and socket errors.</param>
internal sealed partial record WrkRun(double Rps, double P50Ms, double P99Ms, long Requests, long Errors)
{
    public static async Task<WrkRun> ExecuteAsync(int port, int connections, int seconds)
    {
        var start = new ProcessStartInfo("wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "--latency", $"http://127.0.0.1:{port}/api/v1/embed"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var wrk = Process.Start(start)!;
        var text = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        return Parse(text);
    }

    private static WrkRun Parse(string text)
    {
        var errors = ErrorPattern().Match(text) is { Success: true } match ? long.Parse(match.Groups[1].Value) : 0;
        errors += SocketErrorPattern().Match(text) is { Success: true } sockets ? sockets.Groups.Values.Skip(1).Sum(group => long.Parse(group.Value)) : 0;
        return new WrkRun(
            double.Parse(RpsPattern().Match(text).Groups[1].Value, CultureInfo.InvariantCulture),
            Ms(text, "50%"), Ms(text, "99%"), long.Parse(RequestsPattern().Match(text).Groups[1].Value), errors);
    }

    private static double Ms(string text, string percentile)
    {
        var match = Regex.Match(text, $@"{percentile}\s+(?<value>[\d.]+)(?<unit>us|ms|s)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * match.Groups[2].Value switch { "us" => 0.001, "ms" => 1, _ => 1_000 };
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<rps>[\d.]+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex RpsPattern();

    [GeneratedRegex(@"(?<requests>\d+) requests in", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex RequestsPattern();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (?<errors>\d+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ErrorPattern();

    [GeneratedRegex(@"Socket errors: connect (?<connect>\d+), read (?<read>\d+), write (?<write>\d+), timeout (?<timeout>\d+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex SocketErrorPattern();
}
