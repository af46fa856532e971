using System.Text.Json.Nodes;
using AkiDb.Contracts;
using AkiDb.Predictor.Commands;
using AkiDb.Predictor.Hosting;
using AkiDb.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;

namespace AkiDb.Integration.Tests.Predictor;

/// <summary>The service over HTTP, and its page as a person meets it.</summary>
public sealed class PredictorPageTests(TrafficFixture traffic) : IClassFixture<TrafficFixture>, IAsyncLifetime, IDisposable
{
    private readonly string _url = $"http://127.0.0.1:{FreePort.Next()}";
    private readonly HttpClient _http = new();
    private WebApplication _app = null!;

    public async Task InitializeAsync()
    {
        _app = PredictorHost.Build(new PredictorOptions { Urls = _url, Prometheus = traffic.Prometheus.Url, Query = SourceOptions.DefaultQuery });
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_url);
        for (var i = 0; i < 600; i++)
        {
            using var ready = await _http.GetAsync(new Uri(ServiceEndpoints.Ready, UriKind.Relative));
            if (ready.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("The predictor was not ready within 30 seconds.");
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Service_TellsForecastAccuracyAndMetricsOfTheSameForecaster()
    {
        var forecast = JsonNode.Parse(await GetAsync(ServiceEndpoints.Forecast))!;
        var accuracy = JsonNode.Parse(await GetAsync(ServiceEndpoints.Accuracy))!;
        var metrics = await GetAsync(ServiceEndpoints.Metrics);

        var forecaster = forecast["forecaster"]!.ToString();
        forecast["why"]!.ToString().Should().StartWith($"{forecaster} has a skill of");
        var minutes = forecast["minutes"]!.AsArray();
        minutes.Select(minute => minute!["peakUpperQps"]!.GetValue<double>()).Should().BeInAscendingOrder();
        minutes.Should().OnlyContain(minute => minute!["lowerQps"]!.GetValue<double>() <= minute["qps"]!.GetValue<double>()
            && minute["qps"]!.GetValue<double>() <= minute["upperQps"]!.GetValue<double>());
        accuracy["forecaster"]!.ToString().Should().Be(forecaster);
        accuracy["coverageByMinuteAhead"]!.AsArray().Should().HaveCount(15).And.OnlyContain(share => share!.GetValue<double>() > 0.8);
        var serving = accuracy["forecasters"]!.AsArray().Single(one => one!["forecaster"]!.ToString() == forecaster)!;
        serving["overall"]!["skill"]!.GetValue<double>().Should().BePositive();
        serving["byMinuteAhead"]!.AsArray().Should().HaveCount(15).And.OnlyContain(one => one!["mapePercent"]!.GetValue<double>() < 20);
        metrics.Should().Contain($"{PredictorMetricNames.Serving}{{forecaster=\"{forecaster}\"}} 1")
            .And.Contain($"{PredictorMetricNames.Useful} 1").And.Contain($"{PredictorMetricNames.Drift} 0");
    }

    [Theory]
    [InlineData(1_280, ColorScheme.Light)]
    [InlineData(1_280, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    public async Task Page_Opened_ShowsTheChartAsksNobodyElseAndFitsTheWindow(int width, ColorScheme scheme)
    {
        await using var chromium = await Chromium.StartAsync();
        await using var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
            ColorScheme = scheme,
        });
        var page = await context.NewPageAsync();
        var (problems, requests) = (new List<string>(), new List<string>());
        page.PageError += (_, error) => problems.Add(error);
        page.Console += (_, message) => problems.AddRange(message.Type == "error" && !message.Location.Contains("/favicon.ico", StringComparison.Ordinal) ? [message.Text] : []);
        page.Request += (_, request) => requests.Add(request.Url);

        await page.GotoAsync(_url);

        requests.Should().OnlyContain(url => url.StartsWith(_url, StringComparison.Ordinal));
        problems.Should().BeEmpty();
        (await page.Locator("polyline.load").CountAsync()).Should().BeGreaterThan(0);
        (await page.Locator("polyline.other").CountAsync()).Should().Be(1);
        (await page.Locator("polygon.band").CountAsync()).Should().Be(1);
        (await page.Locator("tr.own td").First.TextContentAsync()).Should().NotBeNullOrEmpty();
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).Should().BeTrue("the page fits the window");
        var background = await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        background.Should().Be(scheme == ColorScheme.Dark ? "rgb(18, 22, 30)" : "rgb(255, 255, 255)");
    }

    private async Task<string> GetAsync(string path) => await _http.GetStringAsync(new Uri(path, UriKind.Relative));
}
