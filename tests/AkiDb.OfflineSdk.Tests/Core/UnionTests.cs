using FluentAssertions;
using Pulumi;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Core;

public sealed class UnionTests
{
    private static readonly Union<string, int> Text = "x";
    private static readonly Union<string, int> Number = 4;

    [Fact]
    public void Union_KnowsItsCase()
    {
        (Text.IsT0, Text.IsT1, Text.AsT0, Text.Value).Should().Be((true, false, "x", "x"));
        (Number.IsT0, Number.IsT1, Number.AsT1, Number.Value).Should().Be((false, true, 4, 4));
        Number.Invoking(union => union.AsT0).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Union_MapsOneCase()
    {
        Text.MapT0(text => text.Length).AsT0.Should().Be(1);
        Number.MapT0(text => text.Length).AsT1.Should().Be(4);
        Number.MapT1(number => number + 1).AsT1.Should().Be(5);
        Number.Bimap(text => 1.5, number => number > 3).AsT1.Should().BeTrue();
        Text.Match(text => text, number => "number").Should().Be("x");
    }

    [Fact]
    public void Union_IsPicked()
    {
        Number.TryPickT1(out var number, out var text).Should().BeTrue();
        number.Should().Be(4);
        text.Should().BeNull();
        Number.TryPickT0(out _, out var rest).Should().BeFalse();
        rest.Should().Be(4);
    }

    [Fact]
    public void Union_IsComparedByCaseAndValue()
    {
        (Text == "x").Should().BeTrue();
        (Text != Number).Should().BeTrue();
        Union<int, double>.FromT0(1).Equals(Union<int, double>.FromT1(1)).Should().BeFalse();
        Text.GetHashCode().Should().Be(((Union<string, int>)"x").GetHashCode());
        Number.ToString().Should().Be("System.Int32: 4");
        default(Union<int, string>).AsT0.Should().Be(0);
    }

    [Fact]
    public async Task Union_InAnOutput_IsTakenApart()
    {
        var output = Output.Create(Number);

        (await output.IsT1().ValueAsync()).Should().BeTrue();
        (await output.AsT1().ValueAsync()).Should().Be(4);
        (await output.Value().ValueAsync()).Should().Be(4);
    }
}
