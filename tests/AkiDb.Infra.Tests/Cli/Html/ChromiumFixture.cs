using Microsoft.Playwright;

namespace AkiDb.Infra.Tests.Cli.Html;

/// <summary>A headless browser for the tests of one class: the system's Chromium.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var path = Environment.GetEnvironmentVariable("AKIDB_CHROMIUM") ?? Array.Find(Places, File.Exists)
            ?? throw new InvalidOperationException(
                "The page's tests need Chromium: apt-get install -y --no-install-recommends chromium fonts-dejavu-core. "
                + "Elsewhere, AKIDB_CHROMIUM says where it is.");
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = Arguments });
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
