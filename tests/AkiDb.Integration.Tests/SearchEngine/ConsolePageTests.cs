using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AkiDb.SearchEngine.Security;
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

    [Fact]
    public async Task Page_KeyWithoutReadGiven_AsksForAnother()
    {
        var folder = Directory.CreateTempSubdirectory("akidb-keys-");
        var path = Path.Combine(folder.FullName, "keys.json");
        var write = ApiKey.Create("write", KeyScopes.Write, out var writeText);
        var read = ApiKey.Create("read", KeyScopes.Read, out var readText);
        await File.WriteAllTextAsync(path, KeyFile.Text([write, read]));
        await using var engine = await EngineUnderTest.StartAsync(settings => settings with { IsOpen = false, KeysPath = path });
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.Browser.NewPageAsync();
        await page.GotoAsync(engine.Http.BaseAddress!.ToString());

        await page.FillAsync("#key", writeText);
        await page.PressAsync("#key", "Enter");
        await page.WaitForSelectorAsync("#status:has-text(\"does not have the scope 'read'\")");
        await page.FillAsync("#key", readText);
        await page.PressAsync("#key", "Enter");

        await page.WaitForSelectorAsync("#access", new PageWaitForSelectorOptions { State = WaitForSelectorState.Hidden });
        await page.WaitForSelectorAsync("#status:has-text('writer · ready')");
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Page_OlderAnswerComesLast_IsNotShown()
    {
        await using var engine = await EngineUnderTest.StartAsync();
        await engine.CreateAsync();
        await engine.PutAsync(EngineUnderTest.Text("cat", "the cat rested"), EngineUnderTest.Text("tax", "tax returns are due"));
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.Browser.NewPageAsync();
        await page.GotoAsync(engine.Http.BaseAddress!.ToString());
        await page.WaitForSelectorAsync("#collections tr");
        var held = new TaskCompletionSource<IRoute>(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync("**/query", route => held.TrySetResult(route) ? Task.CompletedTask : route.ContinueAsync());

        await page.FillAsync("#text", "cat rested");
        await page.PressAsync("#text", "Enter");
        var older = await held.Task;
        await page.FillAsync("#text", "tax returns");
        await page.PressAsync("#text", "Enter");
        await page.WaitForSelectorAsync("#matches li:first-child:has-text('tax')");
        var answer = await page.RunAndWaitForResponseAsync(() => older.ContinueAsync(), response => response.Request == older.Request);
        await answer.FinishedAsync();
        await page.EvaluateAsync("fetch('/healthz/live').then(answer => answer.text())");

        (await page.Locator("#matches li").First.TextContentAsync()).Should().Contain("tax");
    }

    private static void Note(bool isWanted, ConcurrentQueue<string> list, string text)
    {
        if (isWanted)
        {
            list.Enqueue(text);
        }
    }
}
