using AkiDb.Infra.Components.Network;

namespace AkiDb.Infra.Tests.Components;

public sealed class CidrBlockTests
{
    [Fact]
    public void Split_AnyBlock_CoversItWithoutGapOrOverlap()
    {
        var random = new Random(11);
        for (var round = 0; round < 500; round++)
        {
            var prefix = random.Next(0, 31);
            var block = CidrBlock.Parse($"{Address(((uint)random.NextInt64(0, 1L << 32)) & (prefix == 0 ? 0 : uint.MaxValue << (32 - prefix)))}/{prefix}");
            var partPrefix = Math.Min(32, prefix + random.Next(0, 9));

            var parts = block.Split(partPrefix).ToList();

            parts.Should().HaveCount(1 << (partPrefix - prefix));
            parts.Sum(part => part.AddressCount).Should().Be(block.AddressCount);
            parts.Should().OnlyContain(part => part.PrefixLength == partPrefix && part.Overlaps(block));
            parts.Zip(parts.Skip(1)).Where(pair => pair.First.Overlaps(pair.Second)).Should().BeEmpty();
            parts.Should().OnlyContain(part => CidrBlock.Parse(part.ToString()) == part);
            parts[0].ToString().Split('/')[0].Should().Be(block.ToString().Split('/')[0]);
        }
    }

    [Fact]
    public void Overlaps_AnyTwoBlocks_AgreesWithTheirAddressRanges()
    {
        var random = new Random(12);
        for (var round = 0; round < 2000; round++)
        {
            var (left, leftFirst) = Block(random);
            var (right, rightFirst) = Block(random);

            var expected = leftFirst < rightFirst + right.AddressCount && rightFirst < leftFirst + left.AddressCount;

            left.Overlaps(right).Should().Be(expected, $"{left} and {right}");
            right.Overlaps(left).Should().Be(expected, $"{right} and {left}");
        }
    }

    [Theory]
    [InlineData("10.0.0.0", "four numbers")]
    [InlineData("10.0.0.0/33", "four numbers")]
    [InlineData("10.0.0.0/-1", "four numbers")]
    [InlineData("10.0/16", "four numbers")]
    [InlineData("::/16", "four numbers")]
    [InlineData("300.0.0.0/8", "four numbers")]
    [InlineData("10.0.0.1/16", "the network is 10.0.0.0/16")]
    public void Parse_NoNetwork_SaysWhatIsWrong(string text, string expected)
    {
        var parse = () => CidrBlock.Parse(text);

        parse.Should().Throw<FormatException>().Which.Message.Should().Contain(text).And.Contain(expected);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(33)]
    public void Split_ImpossiblePrefix_IsRefused(int prefix)
    {
        var split = () => CidrBlock.Parse("10.0.0.0/16").Split(prefix).ToList();

        split.Should().Throw<ArgumentOutOfRangeException>().Which.Message.Should().Contain("/16 to /32");
    }

    // Few first octets and prefixes, so that pairs overlap often enough to test both answers.
    private static (CidrBlock Block, long First) Block(Random random)
    {
        var prefix = random.Next(4, 12);
        var first = ((uint)random.NextInt64(0, 1L << 32)) & (uint.MaxValue << (32 - prefix));
        return (CidrBlock.Parse($"{Address(first)}/{prefix}"), first);
    }

    private static string Address(uint value) => $"{value >> 24}.{(value >> 16) & 255}.{(value >> 8) & 255}.{value & 255}";
}
