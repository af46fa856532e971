using System.Buffers;
using System.Text;
using AkiDb.Telemetry.Metrics;

namespace AkiDb.Runtime.Tests.Telemetry;

public class MetricRegistryTests
{
    [Fact]
    public void Write_EachKind_IsPrometheusText()
    {
        var registry = new MetricRegistry();
        registry.Counter("b_total", "Things.", ("kind", "a\"b\\c\nd")).Add(2.5);
        registry.Gauge("a_gauge", "Level.").Value = double.PositiveInfinity;
        var histogram = registry.Histogram("c_seconds", "Time.", [0.1, 1], ("route", "x"));
        histogram.Observe(0.1);
        histogram.Observe(0.5);
        histogram.Observe(7);

        Text(registry).Should().Be("""
            # HELP a_gauge Level.
            # TYPE a_gauge gauge
            a_gauge +Inf
            # HELP b_total Things.
            # TYPE b_total counter
            b_total{kind="a\"b\\c\nd"} 2.5
            # HELP c_seconds Time.
            # TYPE c_seconds histogram
            c_seconds_bucket{route="x",le="0.1"} 1
            c_seconds_bucket{route="x",le="1"} 2
            c_seconds_bucket{route="x",le="+Inf"} 3
            c_seconds_sum{route="x"} 7.6
            c_seconds_count{route="x"} 3

            """);
    }

    [Fact]
    public async Task Counter_ManyThreads_LosesNothing()
    {
        var counter = new MetricRegistry().Counter("x_total", "X.");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 50_000; i++)
            {
                counter.Increment();
                counter.Add(0.5);
            }
        })));

        counter.Value.Should().Be(300_000);
    }

    [Fact]
    public void Counter_SameNameOtherType_IsRefused()
    {
        var registry = new MetricRegistry();
        registry.Counter("x_total", "X.");

        var again = () => registry.Gauge("x_total", "X.");

        again.Should().Throw<ArgumentException>().WithMessage("*'x_total' is a counter*");
    }

    [Theory]
    [InlineData("")]
    [InlineData("1x")]
    [InlineData("a-b")]
    public void Counter_BadName_IsRefused(string name)
    {
        var make = () => new MetricRegistry().Counter(name, "X.");

        make.Should().Throw<ArgumentException>();
    }

    private static string Text(MetricRegistry registry)
    {
        var output = new ArrayBufferWriter<byte>();
        registry.Write(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
