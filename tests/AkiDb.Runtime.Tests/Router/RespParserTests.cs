using System.Buffers;
using System.Text;
using AkiDb.Router.Load;

namespace AkiDb.Runtime.Tests.Router;

public class RespParserTests
{
    private const string Stream = "+OK\r\n:-42\r\n$5\r\nhe\r\no\r\n$-1\r\n*3\r\n:1\r\n*1\r\n$0\r\n\r\n$3\r\nabc\r\n-ERR no\r\n*-1\r\n*0\r\n";

    [Fact]
    public void TryRead_EveryWayToCutTheStreamInTwo_GivesTheSameReplies()
    {
        var bytes = Encoding.UTF8.GetBytes(Stream);
        var expected = ReadAll(bytes);
        expected.Should().HaveCount(8);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var first = new ReadOnlySequence<byte>(bytes, 0, cut);
            var replies = new List<string>();
            while (RespParser.TryRead(ref first, out var reply))
            {
                replies.Add(Show(reply!));
            }

            var rest = first.ToArray().Concat(bytes[cut..]).ToArray();
            replies.Concat(ReadAll(rest)).Should().Equal(expected);
        }
    }

    [Fact]
    public void TryRead_Kinds_AreTold()
    {
        ReadAll(Encoding.UTF8.GetBytes(Stream)).Should().Equal(
            "OK", "-42", "he\r\no", "null", "[1,[],abc]", "error:ERR no", "null", "[]");
    }

    [Theory]
    [InlineData("hello\r\n")]
    [InlineData("$abc\r\n")]
    [InlineData("$99999999999\r\n")]
    [InlineData("*99999999999\r\n")]
    public void TryRead_NotResp_Throws(string text)
    {
        var read = () => ReadAll(Encoding.UTF8.GetBytes(text));

        read.Should().Throw<InvalidDataException>();
    }

    [Fact]
    public void TryRead_NestedTooDeep_Throws()
    {
        var read = () => ReadAll(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("*1\r\n", 100))));

        read.Should().Throw<InvalidDataException>();
    }

    [Theory]
    [InlineData("redis://h", "h", 6379, false, null, null, 0)]
    [InlineData("rediss://u:p%40w@h:7000/3", "h", 7000, true, "u", "p@w", 3)]
    [InlineData("redis://:secret@h/1", "h", 6379, false, null, "secret", 1)]
    public void Endpoint_Url_IsUnderstood(string url, string host, int port, bool tls, string? user, string? password, int database) =>
        RespEndpoint.Parse(url, null).Should().Be(new RespEndpoint(host, port, tls, user, password, database));

    [Fact]
    public void Endpoint_InLogs_HidesThePassword() =>
        RespEndpoint.Parse("redis://u:secret@h:1/0", null).ToString().Should().NotContain("secret");

    private static List<string> ReadAll(byte[] bytes)
    {
        var buffer = new ReadOnlySequence<byte>(bytes);
        var replies = new List<string>();
        while (RespParser.TryRead(ref buffer, out var reply))
        {
            replies.Add(Show(reply!));
        }

        return replies;
    }

    private static string Show(RespReply reply) =>
        reply.IsError ? $"error:{reply.Text}"
        : reply.Items is { } items ? (items.Count == 1 && items[0].Text?.Length == 0 ? "[]" : $"[{string.Join(",", items.Select(Show))}]")
        : reply.Text ?? "null";
}
