using AkiDb.Infra.Cli.Reports.Html;
using AkiDb.TestKit;
using Microsoft.Playwright;

namespace AkiDb.Infra.Tests.Cli.Html;

/// <summary>The page as a person meets it.</summary>
public sealed class PreviewPageBrowserTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>, IAsyncLifetime, IDisposable
{
    private const string ModelsOfHome = ".picture.wide a.storage:has-text('models-us-east-1') >> nth=0";

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _problems = [];
    private readonly List<string> _requests = [];
    private IPage _page = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_page is not null)
            await _page.Context.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("prod")]
    [InlineData("grown")]
    [InlineData("hostile")]
    public async Task Page_Opened_HasNoScriptErrorAndAsksNoServer(string plan)
    {
        await OpenAsync(plan);

        _problems.Should().BeEmpty();
        _requests.Should().ContainSingle().Which.Should().StartWith("file:");
        (await _page.EvaluateAsync<bool>("'hacked' in window")).Should().BeFalse();
    }

    [Fact]
    public async Task Picture_OfProd_ShowsThreeRegions()
    {
        await OpenAsync("prod");

        var titles = await _page.Locator(".picture.wide .frame-title").AllTextContentsAsync();
        titles.Should().Equal("Edge", "us-east-1", "ap-northeast-1", "eu-central-1", "Other regions");
        (await _page.Locator(".picture.wide").IsVisibleAsync()).Should().BeTrue();
        (await _page.Locator(".picture.narrow").IsVisibleAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task Search_AWord_LeavesWhatHasItAndSaysHowMany()
    {
        await OpenAsync("prod");

        await _page.Keyboard.PressAsync("/");
        await _page.Keyboard.TypeAsync("natgateway eu-central");

        (await _page.Locator("#found").TextContentAsync()).Should().MatchRegex("^[1-9][0-9]* of [0-9]{3,} resources$");
        var names = await _page.Locator("#tree a:visible .name").AllTextContentsAsync();
        names.Should().Contain("eu-central-1-network-nat-1").And.NotContain(name => name.StartsWith("us-east-1", StringComparison.Ordinal));

        await _page.Keyboard.PressAsync("Escape");
        (await _page.Locator("#found").TextContentAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Search_AnInput_FindsItsResource()
    {
        await OpenAsync("prod");

        await _page.FillAsync("#search", "10.16.64.0/18");

        (await _page.Locator("#tree a:visible .name").AllTextContentsAsync()).Should().Equal("us-east-1-network-private-2");
    }

    [Fact]
    public async Task Click_OnTheList_ShowsInputsAndEscapeGoesBack()
    {
        await OpenAsync("prod");
        await _page.FillAsync("#search", "us-east-1-network-vpc aws:ec2/vpc:vpc 10.16.0.0/16");

        await _page.ClickAsync("#tree a:visible:has-text('us-east-1-network-vpc')");

        (await _page.Locator("#inspector").TextContentAsync()).Should().Contain("cidrBlock").And.Contain("10.16.0.0/16").And.Contain("Needed by");
        await _page.Keyboard.PressAsync("Escape");
        (await _page.Locator("#inspector").IsVisibleAsync()).Should().BeFalse();
        (await FocusedTextAsync()).Should().Contain("us-east-1-network-vpc");
    }

    [Fact]
    public async Task Click_OnThePicture_ShowsThatResource()
    {
        await OpenAsync("prod");

        await _page.ClickAsync(ModelsOfHome);

        (await _page.Locator("#inspected h2").TextContentAsync()).Should().Be("models-us-east-1");
        (await _page.Locator(".tree [aria-current]").TextContentAsync()).Should().Contain("models-us-east-1");
    }

    [Fact]
    public async Task Keyboard_FromThePicture_OpensAndCloses()
    {
        await OpenAsync("prod");
        await _page.Locator(ModelsOfHome).FocusAsync();

        await _page.Keyboard.PressAsync("Enter");
        (await _page.Locator("#inspected h2").TextContentAsync()).Should().Be("models-us-east-1");

        await _page.Keyboard.PressAsync("Escape");
        (await _page.EvaluateAsync<string>("document.activeElement.getAttribute('class')")).Should().Be("card storage");
    }

    [Fact]
    public async Task Keyboard_InTheTree_MovesOpensAndShows()
    {
        await OpenAsync("prod");
        await _page.Locator("#tree summary >> nth=0").FocusAsync();

        await _page.Keyboard.PressAsync("ArrowDown");
        await _page.Keyboard.PressAsync("ArrowDown");
        (await FocusedTextAsync()).Should().Contain("ap-northeast-1-access");
        await _page.Keyboard.PressAsync("ArrowRight");
        await _page.Keyboard.PressAsync("ArrowRight");
        (await FocusedTextAsync()).Should().Contain("ap-northeast-1-access-akidb-deploy");
        await _page.Keyboard.PressAsync("Enter");

        (await _page.Locator("#inspector").TextContentAsync()).Should().Contain("principalArn");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Page_InEitherScheme_HasReadableContrast(ColorScheme scheme)
    {
        await OpenAsync("prod", scheme: scheme);

        var isDark = await _page.EvaluateAsync<double>("""
            () => { const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[0-9.]+/g).map(Number); return (r + g + b) / 765; }
            """) < 0.5;
        isDark.Should().Be(scheme == ColorScheme.Dark);
        // WCAG 2.2, 1.4.3: 4.5 to 1 for text of this size.
        (await ContrastAsync("body", "--text", "--page")).Should().BeGreaterThan(7);
        foreach (var word in new[] { "--muted", "--link", "--good", "--bad", "--changed", "--edge", "--network", "--cluster", "--capacity", "--workload", "--function", "--storage", "--messaging", "--observability" })
            (await ContrastAsync("body", word, "--surface")).Should().BeGreaterThan(4.5, $"{word} stands on --surface");
    }

    [Theory]
    [InlineData("prod")]
    [InlineData("grown")]
    [InlineData("hostile")]
    public async Task Page_360PixelsWide_DoesNotScrollSideways(string plan)
    {
        await OpenAsync(plan, width: 360);
        await _page.ClickAsync("#open-all");

        (await _page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(360);
        (await _page.Locator(".picture.narrow").IsVisibleAsync()).Should().BeTrue();
        (await _page.Locator(".picture.wide").IsVisibleAsync()).Should().BeFalse();
    }

    [Theory]
    [InlineData("prod", 1280)]
    [InlineData("grown", 1280)]
    [InlineData("prod", 360)]
    [InlineData("grown", 360)]
    public async Task Picture_EveryText_StaysInItsShape(string plan, int width)
    {
        await OpenAsync(plan, width: width);

        var tooWide = await _page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll(".picture a")].filter(a => a.getClientRects().length)
              .filter(a => { const face = a.querySelector("rect").getBoundingClientRect();
                return [...a.querySelectorAll("text")].some(text => { const box = text.getBoundingClientRect(); return box.left < face.left - 1 || box.right > face.right + 1; }); })
              .map(a => a.textContent)
            """);
        tooWide.Should().BeEmpty();
    }

    private async Task OpenAsync(string plan, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 800 }, ColorScheme = scheme });
        _page = await context.NewPageAsync();
        _page.PageError += (_, problem) => _problems.Add(problem);
        _page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _problems.Add(message.Text);
        };
        _page.Request += (_, request) => _requests.Add(request.Url);
        var page = new PreviewPage(await PreviewPageTests.PlanAsync(plan), []).ToPage();
        await _page.GotoAsync(new Uri(_folder.Write("page.html", page.ToString())).AbsoluteUri);
    }

    private Task<string> FocusedTextAsync() => _page.EvaluateAsync<string>("document.activeElement.textContent");

    private Task<double> ContrastAsync(string element, string text, string background) => _page.EvaluateAsync<double>(
        """
        ([element, text, background]) => {
          const probe = document.createElement("i");
          document.querySelector(element).append(probe);
          const luminance = name => {
            probe.style.setProperty("color", `var(${name})`);
            const [r, g, b] = getComputedStyle(probe).color.match(/[0-9.]+/g).map(part => { const c = part / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const [high, low] = [luminance(text), luminance(background)].sort((a, b) => b - a);
          probe.remove();
          return (high + 0.05) / (low + 0.05);
        }
        """,
        new[] { element, text, background });
}
