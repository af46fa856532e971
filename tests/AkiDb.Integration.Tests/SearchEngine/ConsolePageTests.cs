using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AkiDb.TestKit;
using Microsoft.Playwright;

namespace AkiDb.Integration.Tests.SearchEngine;

/// <summary>The page at / in a real browser.</summary>
public sealed class ConsolePageTests
{
    private const string Hostile = "<img src=x onerror=\"document.title='broken in'\"> the cat rested";

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task Page_SearchTyped_ShowsMatchesAndNothingBreaks(int width, ColorScheme scheme)
    {
        await using var engine = await EngineUnderTest.StartAsync();
        await engine.CreateAsync();
        await engine.PutAsync(
            EngineUnderTest.Text("cat", Hostile, new JsonObject { ["kind"] = "animal" }),
            EngineUnderTest.Text("tax", "tax returns are due", new JsonObject { ["kind"] = "paper" }));
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.Browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = 800 }, ColorScheme = scheme });
        var complaints = new ConcurrentQueue<string>();
        var elsewhere = new ConcurrentQueue<string>();
        page.Console += (_, message) => Note(message.Type is "error" or "warning", complaints, message.Text);
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.Request += (_, request) => Note(!request.Url.StartsWith(engine.Http.BaseAddress!.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal), elsewhere, request.Url);
        await page.GotoAsync(engine.Http.BaseAddress!.ToString());
        await page.WaitForSelectorAsync("#collections tr");

        await page.FillAsync("#text", "cat rested");
        await page.PressAsync("#text", "Enter");
        await page.WaitForSelectorAsync("#matches li");

        (await page.Locator("#matches li").First.TextContentAsync()).Should().Contain("cat").And.Contain(Hostile, "what a document says is text, not markup");
        (await page.TextContentAsync("#outcome")).Should().MatchRegex("2 matches in .* ms · trace [0-9a-f]{32}");
        (await page.TextContentAsync("#status")).Should().Contain("writer · ready · 2 documents");
        (await page.TitleAsync()).Should().Be("AkiDB search");
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width, "nothing may stick out");
        var background = await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        background.Should().Be(scheme == ColorScheme.Dark ? "rgb(18, 23, 29)" : "rgb(247, 249, 251)");

        await page.Locator("details summary").ClickAsync();
        await page.FillAsync("#filter", """{"field":"kind","eq":"paper"}""");
        await page.PressAsync("#text", "Enter");
        await page.WaitForSelectorAsync("#matches li:nth-child(2)", new PageWaitForSelectorOptions { State = WaitForSelectorState.Detached });
        (await page.TextContentAsync("#matches")).Should().Contain("tax returns");

        complaints.Should().BeEmpty();
        await page.FillAsync("#filter", """{"field":"kind"}""");
        await page.PressAsync("#text", "Enter");
        await page.WaitForSelectorAsync("#outcome.bad");
        (await page.TextContentAsync("#outcome")).Should().Contain("has a field and no condition");
        elsewhere.Should().BeEmpty("the page takes nothing from elsewhere");
    }

    private static void Note(bool isWanted, ConcurrentQueue<string> list, string text)
    {
        if (isWanted)
        {
            list.Enqueue(text);
        }
    }
}
