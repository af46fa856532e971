using AkiDb.TestKit;
using Microsoft.Playwright;

namespace AkiDb.Infra.Tests.Cli.Html;

/// <summary>A headless browser for the tests of one class.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private Chromium? _chromium;

    public IBrowser Browser => _chromium!.Browser;

    public async Task InitializeAsync() => _chromium = await Chromium.StartAsync();

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
    }
}
