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
}
