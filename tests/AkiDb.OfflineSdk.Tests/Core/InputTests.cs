using System.Collections.Immutable;
using FluentAssertions;
using Pulumi;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Core;

public sealed class InputTests
{
    [Fact]
    public async Task Input_Numbers_ArriveAsDoubles()
    {
        var inputs = await Program.InputsOfAsync(() => new AlphaArgs { Count = 3, Ratio = 0.5, Size = Size.Large });

        inputs.Should().BeEquivalentTo(new Dictionary<string, object> { ["count"] = 3.0, ["ratio"] = 0.5, ["size"] = 2.0 });
    }

    [Fact]
    public async Task Input_StringEnum_ArrivesAsString()
        => (await Program.InputsOfAsync(() => new AlphaArgs { Color = Color.Red }))["color"].Should().Be("red");

    [Theory]
    [InlineData("System.Int64")]
    [InlineData("System.Decimal")]
    public async Task Input_WideNumber_IsRefused(string type)
    {
        object value = type == "System.Int64" ? (object)1L : 1m;

        var run = () => Program.InputsOfAsync(() => new AlphaArgs { Any = value });

        (await Program.FailureAsync(run)).Should().Contain($"{type} is not a supported argument type");
    }

    [Fact]
    public async Task Input_List_ArrivesAsImmutableArray()
    {
        var inputs = await Program.InputsOfAsync(() => new AlphaArgs { Names = { "x", Output.Create("y") } });

        inputs["names"].Should().BeOfType<ImmutableArray<object>>().Which.Should().Equal("x", "y");
    }

    [Fact]
    public async Task Input_ListWithNull_KeepsTheNull()
    {
        var inputs = await Program.InputsOfAsync(() => new AlphaArgs { Names = ImmutableArray.Create("x", null!) });

        ((ImmutableArray<object?>)inputs["names"]).Should().Equal(["x", null]);
    }

    [Fact]
    public async Task Input_MapAndArgs_ArriveAsDictionariesWithoutNulls()
    {
        var inputs = await Program.InputsOfAsync(() => new AlphaArgs
        {
            Tags = { ["a"] = "1", ["b"] = (string)null! },
            Part = new NestedArgs { Key = "k" },
        });

        inputs["tags"].Should().BeAssignableTo<ImmutableDictionary<string, object>>()
            .Which.Should().BeEquivalentTo(new Dictionary<string, object> { ["a"] = "1" });
        inputs["part"].Should().BeAssignableTo<ImmutableDictionary<string, object>>()
            .Which.Should().BeEquivalentTo(new Dictionary<string, object> { ["key"] = "k" });
    }

    [Fact]
    public async Task Input_JsonElement_IsExpanded()
    {
        var inputs = await Program.InputsOfAsync(() => new AlphaArgs { Json = """{"n":1,"list":[true,"x"]}""" });

        var json = (ImmutableDictionary<string, object>)inputs["json"];
        json["n"].Should().Be(1.0);
        ((ImmutableArray<object>)json["list"]).Should().Equal(true, "x");
    }

    [Fact]
    public async Task Input_JsonNulls_AreKeptInsideAndAbsentOnTop()
    {
        var inside = await Program.InputsOfAsync(() => new AlphaArgs { Json = """{"a":null}""" });
        var onTop = await Program.InputsOfAsync(() => new AlphaArgs { Json = "null" });

        ((ImmutableDictionary<string, object?>)inside["json"]).Should().ContainKey("a").WhoseValue.Should().BeNull();
        onTop.Should().BeEmpty();
    }

    [Fact]
    public async Task Input_UntouchedCollections_AreAbsent()
        => (await Program.InputsOfAsync(() => new AlphaArgs())).Should().BeEmpty();

    [Fact]
    public async Task Input_TouchedEmptyCollections_AreEmpty()
    {
        var inputs = await Program.InputsOfAsync(() =>
        {
            var args = new AlphaArgs();
            _ = (args.Names, args.Tags);
            return args;
        });

        ((ImmutableArray<object>)inputs["names"]).Should().BeEmpty();
        ((ImmutableDictionary<string, object>)inputs["tags"]).Should().BeEmpty();
    }

    [Fact]
    public async Task Input_RequiredListWithEmptyInitializer_IsMissing()
    {
        var run = () => Program.RunAsync(
            new RecordingMocks(), () => _ = new CustomResource("demo:index:Strict", "s", new StrictArgs { Names = { } }, null));

        (await run.Should().ThrowAsync<RunException>()).Which.Message
            .Should().Contain("StrictArgs._names is required but was not given a value");
    }

    [Fact]
    public async Task Input_Json_IsTextWithSpacesAndSortedKeys()
    {
        var inputs = await Program.InputsOfAsync(() => new AlphaArgs { Nested = new NestedArgs { Key = "json", Count = 3 } });

        inputs["nested"].Should().Be("""{ "count": 3, "key": "json" }""");
    }

    [Fact]
    public async Task Input_JsonWithSpecialCharacters_IsEscaped()
    {
        var inputs = await Program.InputsOfAsync(() => new AlphaArgs { Nested = new NestedArgs { Key = "a<\"\\\n\u2028é" } });

        inputs["nested"].Should().Be("{ \"key\": \"a\\u003c\\\"\\\\\\n\\u2028é\" }");
    }

    [Fact]
    public async Task Input_EmptyJson_IsEmptyBraces()
        => (await Program.InputsOfAsync(() => new AlphaArgs { Nested = new NestedArgs() }))["nested"].Should().Be("{ }");

    [Fact]
    public async Task Input_ProviderArgs_AreJsonText()
    {
        var mocks = new RecordingMocks();
        await Program.RunAsync(mocks, () => _ = new DemoProvider("p", new ProviderArgs { N = 3 }));

        mocks.Inputs("p")["n"].Should().Be("3");
    }

    [Fact]
    public async Task Input_Union_ArrivesAsItsValue()
    {
        (await Program.InputsOfAsync(() => new AlphaArgs { Either = "x" }))["either"].Should().Be("x");
        (await Program.InputsOfAsync(() => new AlphaArgs { Either = 4 }))["either"].Should().Be(4.0);
    }

    [Fact]
    public void Input_FromNullOutput_IsRefused()
    {
        var convert = () => (Input<string>)(Output<string>)null!;

        convert.Should().Throw<ArgumentNullException>().WithParameterName("outputValue");
    }

    [Fact]
    public async Task Input_MapWithOneKeyTwice_FailsUnlessTheValuesAreEqual()
    {
        var same = await Program.InputsOfAsync(() => new AlphaArgs { Tags = { { "a", "1" }, { "a", "1" } } });
        var different = () => Program.InputsOfAsync(() => new AlphaArgs { Tags = { { "a", "1" }, { "a", "2" } } });

        ((ImmutableDictionary<string, object>)same["tags"])["a"].Should().Be("1");
        (await Program.FailureAsync(different)).Should().Contain("Key 'a' already exists");
    }

    [Fact]
    public async Task Input_MergedMaps_TakeTheSecondValue()
    {
        var inputs = await Program.InputsOfAsync(() => new AlphaArgs
        {
            Tags = InputMap<string>.Merge(
                new InputMap<string> { ["a"] = "1", ["b"] = "1" }, new InputMap<string> { ["b"] = "2" }),
        });

        inputs["tags"].Should().BeEquivalentTo(new Dictionary<string, object> { ["a"] = "1", ["b"] = "2" });
    }

    [Fact]
    public async Task Input_ConcatenatedLists_KeepTheOrder()
    {
        var inputs = await Program.InputsOfAsync(() =>
        {
            InputList<string> list = new[] { "a" };
            var joined = list.Concat(Output.Create(ImmutableArray.Create("b", "c")));
            joined.Add("d");
            return new AlphaArgs { Names = joined };
        });

        ((ImmutableArray<object>)inputs["names"]).Should().Equal("a", "b", "c", "d");
    }

    [Fact]
    public async Task Input_Task_IsRefused()
    {
        var run = () => Program.InputsOfAsync(() => new AlphaArgs { Any = Task.FromResult("x") });

        (await Program.FailureAsync(run)).Should().Contain("Tasks are not allowed inside ResourceArgs");
    }

    [Fact]
    public async Task Input_DictionaryArgs_ArriveAsInputs()
    {
        var mocks = new RecordingMocks();
        var args = new DictionaryResourceArgs(ImmutableDictionary<string, object?>.Empty.Add("a", 1).Add("b", Output.Create("x")));
        await Program.RunAsync(mocks, () => _ = new CustomResource("demo:index:Free", "f", args, null));

        mocks.Inputs("f").Should().BeEquivalentTo(new Dictionary<string, object> { ["a"] = 1.0, ["b"] = "x" });
    }

    [Fact]
    public async Task Input_Assets_ArriveAsAssets()
    {
        AssetOrArchive[] assets =
        [
            new StringAsset("text"), new FileAsset("./f"), new RemoteAsset("https://a.example/f"),
            new AssetArchive(new Dictionary<string, AssetOrArchive> { ["x"] = new StringAsset("t") }),
            new FileArchive("./d"), new RemoteArchive("https://a.example/z"),
        ];
        foreach (var asset in assets)
        {
            var inputs = await Program.InputsOfAsync(() => new AlphaArgs { File = asset });
            inputs["file"].Should().BeOfType(asset.GetType());
        }
    }
}
