using System.Collections.Concurrent;
using System.Globalization;
using AkiDb.Integration.Tests.SearchEngine;
using AkiDb.TestKit;
using Microsoft.Playwright;

namespace AkiDb.Integration.Tests.Local;

/// <summary>The page of a run in a real browser, and what is left of a run that is killed.</summary>
[Collection(nameof(LocalRuns))]
public sealed class LocalPageTests
{
    // Two browsers and nine servers may share two cores with other work.
    private const int PatienceMs = 90_000;

    private static string Picture => RepositoryFolder.At("docs", "local.png");

    [Fact]
    public async Task Page_OfARun_IsLiveBreaksThingsAndNothingSurvivesAKill()
    {
        await using var run = await LocalUnderTest.StartAsync(["--start", "15:00"]);
        await using var chromium = await Chromium.StartAsync();
        var complaints = new ConcurrentQueue<string>();
        var wide = await OpenAsync(chromium, run, 1280, ColorScheme.Light, complaints);
        var narrow = await OpenAsync(chromium, run, 360, ColorScheme.Dark, complaints);

        await wide.WaitForFunctionAsync("document.querySelectorAll('#load path').length === 3 && document.querySelectorAll('#load polygon').length === 1");
        var clock = await wide.TextContentAsync("#clock");
        await wide.WaitForFunctionAsync("before => document.querySelector('#clock').textContent !== before", clock);
        if (Accepts)
        {
            await narrow.CloseAsync();
            await wide.WaitForFunctionAsync("document.querySelector('#clock').textContent >= '21:45'", null, new PageWaitForFunctionOptions { Timeout = 4 * PatienceMs });
            await wide.ScreenshotAsync(new PageScreenshotOptions { Path = Picture, FullPage = true });
            narrow = await OpenAsync(chromium, run, 360, ColorScheme.Dark, complaints);
            await narrow.WaitForSelectorAsync("#load path");
        }

        File.Exists(Picture).Should().BeTrue("the README shows it; ./akidb test --accept LocalPage takes it anew");
        (await NumberAsync(wide, "#rps b")).Should().BeGreaterThan(1);
        (await wide.TextContentAsync("#replicas b")).Should().MatchRegex("^[1-9] / [1-9]$");
        (await wide.Locator("#mix tr").CountAsync()).Should().Be(4);
        (await wide.TextContentAsync("#forecaster")).Should().StartWith("forecast by ");
        foreach (var (page, width) in new[] { (wide, 1280), (narrow, 360) })
        {
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width, "nothing may stick out");
        }

        (await narrow.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).Should().Be("rgb(13, 17, 23)");

        foreach (var (fault, told) in new[] { ("phantom-spike", "times the traffic"), ("redis-gone", "Redis is gone"), ("kill-reader", "is killed without notice") })
        {
            await wide.ClickAsync($"[data-fault={fault}]");
            await wide.WaitForFunctionAsync("text => document.querySelector('#events').textContent.includes(text)", told);
        }

        // Newest first: another reader has taken the place of the killed one.
        await wide.WaitForFunctionAsync("/is ready.*died/s.test(document.querySelector('#events').textContent)");
        using (var foreign = await run.Http.PostAsync(new Uri("faults/kill-reader", UriKind.Relative), null))
        {
            ((int)foreign.StatusCode).Should().Be(403, "another site's page must not break anything");
        }

        using (var rebound = new HttpRequestMessage(HttpMethod.Get, run.Url) { Headers = { Host = "elsewhere.example" } })
        using (var answer = await run.Http.SendAsync(rebound))
        {
            ((int)answer.StatusCode).Should().Be(400, "a name of somebody else's must not lead here");
        }

        complaints.Should().BeEmpty();
        LocalUnderTest.Leftovers().Should().HaveCountGreaterThan(7, "the servers of a run are found by their command lines");
        await run.KillAsync();
        await EngineUnderTest.EventuallyAsync(() => Task.FromResult(LocalUnderTest.Leftovers().Count == 0), "every server has ended with the run");
    }

    private static bool Accepts => Environment.GetEnvironmentVariable("AKIDB_ACCEPT_GOLDENS") == "1";

    private static async Task<IPage> OpenAsync(Chromium chromium, LocalUnderTest run, int width, ColorScheme scheme, ConcurrentQueue<string> complaints)
    {
        var page = await chromium.Browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = 800 }, ColorScheme = scheme });
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(run.Url.AbsoluteUri, StringComparison.Ordinal))
            {
                complaints.Enqueue(request.Url);
            }
        };
        page.SetDefaultTimeout(PatienceMs);
        await page.GotoAsync(run.Url.AbsoluteUri);
        return page;
    }

    private static async Task<double> NumberAsync(IPage page, string selector) =>
        double.Parse((await page.TextContentAsync(selector))!, CultureInfo.InvariantCulture);
}
