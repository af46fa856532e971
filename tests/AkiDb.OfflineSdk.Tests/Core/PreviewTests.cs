using System.Collections.Immutable;
using FluentAssertions;
using Pulumi;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Core;

public sealed class PreviewTests
{
    [Fact]
    public async Task Preview_IsTheDefault()
    {
        var isDryRun = false;
        await Program.RunAsync(new RecordingMocks(), () => isDryRun = Deployment.Instance.IsDryRun, new());

        isDryRun.Should().BeTrue();
    }

    [Fact]
    public async Task Preview_ReturnedState_IsKnown()
    {
        Alpha alpha = null!;
        await Program.RunAsync(new RecordingMocks(), () => alpha = new Alpha("a", new AlphaArgs { V = "x", Count = 2 }));

        (await alpha.V.ValueAsync()).Should().Be("x");
        (await alpha.Count.ValueAsync()).Should().Be(2);
        (await alpha.Id.ValueAsync()).Should().Be("a-id");
    }

    [Fact]
    public async Task Preview_MissingState_IsUnknown()
    {
        var applied = false;
        Alpha alpha = null!;
        await Program.RunAsync(new RecordingMocks(), () =>
        {
            alpha = new Alpha("a");
            alpha.V.Apply(value => applied = true);
        });

        (await alpha.V.IsKnownAsync()).Should().BeFalse();
        applied.Should().BeFalse();
    }

    [Fact]
    public async Task Update_MissingState_IsTheDefaultAndIsApplied()
    {
        var seen = new List<object?>();
        await Program.RunAsync(
            new RecordingMocks(),
            () =>
            {
                var alpha = new Alpha("a");
                Output.Tuple(alpha.V, alpha.Count).Apply(pair =>
                {
                    seen.AddRange([pair.Item1, pair.Item2]);
                    return 0;
                });
            },
            Program.Update);

        seen.Should().Equal(null, 0);
    }

    [Fact]
    public async Task Update_MissingState_DropsTheDependentInput()
    {
        var mocks = new RecordingMocks();
        await Program.RunAsync(mocks, () => _ = new Alpha("b", new AlphaArgs { V = new Alpha("a").V }), Program.Update);

        mocks.Inputs("b").Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Id_Null_IsUnknownInBothModes(bool isPreview)
    {
        Alpha alpha = null!;
        var mocks = new RecordingMocks { Answer = args => (null, args.Inputs) };
        await Program.RunAsync(mocks, () => alpha = new Alpha("a"), new() { IsPreview = isPreview });

        (await alpha.Id.IsKnownAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task State_OfAnyDictionary_IsTaken()
    {
        foreach (object state in new object[]
                 {
                     new Dictionary<string, object> { ["v"] = "x" },
                     ImmutableDictionary<string, object>.Empty.Add("v", "x"),
                 })
        {
            Alpha alpha = null!;
            await Program.RunAsync(new RecordingMocks { Answer = _ => ("1", state) }, () => alpha = new Alpha("a"));
            (await alpha.V.ValueAsync()).Should().Be("x");
        }
    }

    [Fact]
    public async Task State_OfAPlainObject_IsRefused()
    {
        var run = () => Program.RunAsync(new RecordingMocks { Answer = _ => ("1", new { v = "x" }) }, () => _ = new Alpha("a"));

        (await Program.FailureAsync(run)).Should().Contain("is not a supported argument type");
    }

    [Fact]
    public async Task State_OfAWrongType_IsTheDefault()
    {
        Alpha alpha = null!;
        var state = new Dictionary<string, object> { ["v"] = 5, ["count"] = "many" };
        await Program.RunAsync(new RecordingMocks { Answer = _ => ("1", state) }, () => alpha = new Alpha("a"));

        (await alpha.V.IsKnownAsync()).Should().BeTrue();
        (await alpha.V.ValueAsync()).Should().BeNull();
        (await alpha.Count.ValueAsync()).Should().Be(0);
    }

    [Fact]
    public async Task State_OfAnObject_BecomesTheOutputType()
    {
        Alpha alpha = null!;
        var part = new Dictionary<string, object> { ["name"] = "side", ["corners"] = 2 };
        var state = new Dictionary<string, object>
        {
            ["shape"] = new Dictionary<string, object> { ["name"] = "box", ["corners"] = 4, ["parts"] = new[] { part } },
        };
        await Program.RunAsync(new RecordingMocks { Answer = _ => ("1", state) }, () => alpha = new Alpha("a"));

        var shape = (await alpha.Shape.ValueAsync())!;
        (shape.Name, shape.Corners).Should().Be(("box", 4));
        shape.Parts.Should().ContainSingle().Which.Name.Should().Be("side");
    }

    [Fact]
    public async Task State_WithAnOutput_KeepsItsSecret()
    {
        Alpha alpha = null!;
        var state = new Dictionary<string, object> { ["v"] = Output.CreateSecret("s") };
        await Program.RunAsync(new RecordingMocks { Answer = _ => ("1", state) }, () => alpha = new Alpha("a"));

        (await alpha.V.ValueAsync()).Should().Be("s");
        (await Output.IsSecretAsync(alpha.V)).Should().BeTrue();
    }
}
