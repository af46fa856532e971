using Microsoft.Playwright;

namespace AkiDb.TestKit;

/// <summary>A headless browser: the system's Chromium.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, Browser) = (playwright, browser);

    public IBrowser Browser { get; }

    /// <exception cref="InvalidOperationException">There is no Chromium here; the message says how to get it.</exception>
    public static async Task<Chromium> StartAsync()
    {
        var path = Environment.GetEnvironmentVariable("AKIDB_CHROMIUM") ?? Array.Find(Places, File.Exists)
            ?? throw new InvalidOperationException(
                "Tests of pages need Chromium: apt-get install -y --no-install-recommends chromium fonts-dejavu-core. "
                + "Elsewhere, AKIDB_CHROMIUM says where it is.");
        var playwright = await Playwright.CreateAsync();
        return new Chromium(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = Arguments }));
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
