using AkiDb.Telemetry.Tracing;

namespace AkiDb.Runtime.Tests.Telemetry;

public sealed class XRayTraceHeaderTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(0x5759e988);

    // The example of docs.aws.amazon.com/xray, "Tracing header".
    [Theory]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1", "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01")]
    [InlineData("Self=1-67891234-12456789abcdef012345678;Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0", "00-5759e988bd862e3fe1be46a994272793-0000000000000007-00")]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793", "00-5759e988bd862e3fe1be46a994272793-0000000000000007-01")]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a99427279", null)]
    [InlineData("Root=2-5759e988-bd862e3fe1be46a994272793", null)]
    [InlineData("Root=1-00000000-000000000000000000000000", null)]
    [InlineData("Parent=53995c3f42cd8ad8", null)]
    [InlineData("", null)]
    public void ToTraceParent_Header_NamesTheSameTrace(string header, string? expected) =>
        XRayTraceHeader.ToTraceParent(header, fallbackParent: 7, out _).Should().Be(expected);

    [Fact]
    public void Of_Continued_IsTheSameAgain()
    {
        const string header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0";

        XRayTraceHeader.Of(TraceContext.ContinueOrBegin(null, header, Now, (1, 2))).Should().Be(header);
    }

    [Fact]
    public void Begin_NoHeader_StartsWithTheTimeAsXRayWants()
    {
        var trace = TraceContext.ContinueOrBegin(null, null, Now, (long.MaxValue, 12345));

        trace.TraceId[..8].ToString().Should().Be("5759e988");
        TraceContext.IsValid(trace.Header).Should().BeTrue();
        trace.IsSampled.Should().BeTrue();
    }

    [Theory]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8", true)]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793", false)]
    [InlineData("", false)]
    public void HasParent_Header_SaysWhetherItNamesACaller(string header, bool expected) =>
        TraceContext.ContinueOrBegin(null, header, Now, (1, 2)).HasParent.Should().Be(expected);

    [Fact]
    public void ContinueOrBegin_BothHeaders_FollowsW3C()
    {
        const string w3c = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        TraceContext.ContinueOrBegin(w3c, "Root=1-5759e988-bd862e3fe1be46a994272793", Now, (1, 2)).Header.Should().Be(w3c);
    }
}
