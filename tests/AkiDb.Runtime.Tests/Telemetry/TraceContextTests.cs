using System.Diagnostics;
using AkiDb.Telemetry.Tracing;

namespace AkiDb.Runtime.Tests.Telemetry;

public class TraceContextTests
{
    private const string Valid = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public void ContinueOrBegin_ValidHeader_ContinuesIt()
    {
        var trace = TraceContext.ContinueOrBegin(Valid, (1, 2));

        trace.Header.Should().Be(Valid);
        trace.TraceId.ToString().Should().Be("0af7651916cd43dd8448eb211c80319c");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01")]
    [InlineData("00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0")]
    public void ContinueOrBegin_AnythingElse_BeginsAValidOne(string? header)
    {
        var trace = TraceContext.ContinueOrBegin(header, (0x0123456789abcdef, 42));

        TraceContext.IsValid(trace.Header).Should().BeTrue();
        trace.Header.Should().NotBe(header).And.EndWith("-01");
    }

    [Fact]
    public void StartRequestSpan_TraceThatBeginsHere_IsItsRootBesideWhateverIsCurrent()
    {
        using var source = new ActivitySource(nameof(StartRequestSpan_TraceThatBeginsHere_IsItsRootBesideWhateverIsCurrent));
        using var listener = ListenTo(source);
        using var ambient = new Activity("the server's own").Start();
        var trace = TraceContext.ContinueOrBegin(null, (1, 2));

        using var span = trace.StartRequestSpan(source, "request", "vendor=1")!;

        span.TraceId.ToHexString().Should().Be(trace.TraceId.ToString());
        span.ParentSpanId.Should().Be(default(ActivitySpanId));
        span.Recorded.Should().BeTrue();
        span.TraceStateString.Should().Be("vendor=1");
    }

    [Fact]
    public void StartRequestSpan_TraceOfACaller_HangsBelowTheCallersSpan()
    {
        using var source = new ActivitySource(nameof(StartRequestSpan_TraceOfACaller_HangsBelowTheCallersSpan));
        using var listener = ListenTo(source);

        using var span = TraceContext.ContinueOrBegin(Valid, (1, 2)).StartRequestSpan(source, "request", null)!;

        span.ParentSpanId.ToHexString().Should().Be("b7ad6b7169203331");
    }

    [Fact]
    public void StartRequestSpan_NobodyListens_IsNothing()
    {
        using var source = new ActivitySource(nameof(StartRequestSpan_NobodyListens_IsNothing));

        TraceContext.ContinueOrBegin(Valid, (1, 2)).StartRequestSpan(source, "request", null).Should().BeNull();
    }

    private static ActivityListener ListenTo(ActivitySource source)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = one => one.Name == source.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
