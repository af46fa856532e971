using System.Collections.Immutable;
using System.Text.Json;
using FluentAssertions;
using Pulumi;
using Pulumi.Utilities;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Core;

public sealed class OutputTests
{
    [Fact]
    public async Task Apply_TakesAnyKindOfResult()
    {
        var one = Output.Create(1);

        (await one.Apply(value => value + 1).ValueAsync()).Should().Be(2);
        (await one.Apply(value => Task.FromResult(value + 1)).ValueAsync()).Should().Be(2);
        (await one.Apply(value => Output.Create(value + 1)).ValueAsync()).Should().Be(2);
        (await one.Apply<int>(value => (Input<int>)(value + 1)).ValueAsync()).Should().Be(2);
        (await one.Apply(value => (Output<string>?)null).ValueAsync()).Should().BeNull();
    }

    [Fact]
    public async Task Apply_WithATaskWithoutResult_WaitsForIt()
    {
        var ended = false;
        await Output.Create(1).Apply(async _ =>
        {
            await Task.Yield();
            ended = true;
        }).IsKnownAsync();

        ended.Should().BeTrue();
    }

    [Fact]
    public async Task All_KeepsTheOrder()
        => (await Output.All(Enumerable.Range(0, 5).Select(index => Output.Create(index))).ValueAsync()).Should().Equal(0, 1, 2, 3, 4);

    [Fact]
    public async Task Tuple_OfEight_KeepsThePlaces()
    {
        var (o1, o2) = (Output.Create(1), Output.Create("2"));

        (await Output.Tuple(o1, o2, o1, o2, o1, o2, o1, o2).ValueAsync()).Should().Be((1, "2", 1, "2", 1, "2", 1, "2"));
        (await Output.Tuple(o1, o2, o1).ValueAsync()).Should().Be((1, "2", 1));
    }

    [Fact]
    public async Task Format_IsInvariantAndTakesOutputsAndInputs()
    {
        Input<double> input = 1.5;

        (await Output.Format($"{Output.Create("a")}/{input}/{2.5:0.00}").ValueAsync()).Should().Be("a/1.5/2.50");
    }

    [Fact]
    public async Task ArrayOutputs_HaveElements()
    {
        var array = Output.Create(ImmutableArray.Create("a", "b"));

        (await array.First().ValueAsync()).Should().Be("a");
        (await array.GetAt(1).ValueAsync()).Should().Be("b");
        (await array.Length().ValueAsync()).Should().Be(2);
    }

    [Fact]
    public async Task WithDependency_AddsTheResource()
    {
        Alpha alpha = null!;
        await Program.RunAsync(new RecordingMocks(), () => alpha = new Alpha("a"));

        (await OutputUtilities.GetDependenciesAsync(OutputUtilities.WithDependency(Output.Create(1), alpha))).Should().Equal(alpha);
    }

    [Fact]
    public async Task JsonSerialize_WritesOutputsInside()
    {
        Output<string> json = null!;
        Alpha alpha = null!;
        await Program.RunAsync(new RecordingMocks(), () =>
        {
            alpha = new Alpha("a", new AlphaArgs { V = "x" });
            json = Output.JsonSerialize(Output.Create(new Dictionary<string, object>
            {
                ["Version"] = "2012-10-17",
                ["Resource"] = alpha.V,
                ["List"] = new[] { alpha.Id, Output.Create("y") },
            }));
        });

        (await json.ValueAsync()).Should().Be("""{"Version":"2012-10-17","Resource":"x","List":["a-id","y"]}""");
        (await OutputUtilities.GetDependenciesAsync(json)).Should().Equal(alpha);
        (await Output.IsSecretAsync(json)).Should().BeFalse();
    }

    [Fact]
    public async Task JsonSerialize_WritesInputsListsAndMaps()
    {
        var value = new Document("n", new[] { "a", "b" }, new InputMap<int> { ["k"] = 1 });

        (await Output.JsonSerialize(Output.Create(value)).ValueAsync())
            .Should().Be("""{"Name":"n","Items":["a","b"],"Counts":{"k":1}}""");
    }

    [Fact]
    public async Task JsonSerialize_WithAnUnknownOrASecretInside_IsUnknownOrSecret()
    {
        var unknown = Output.JsonSerialize(Output.Create(new[] { Output.Create("a"), Program.Unknown("b") }));
        var secret = Output.JsonSerialize(Output.Create(new[] { Output.Create("a"), Output.CreateSecret("b") }));

        (await unknown.IsKnownAsync()).Should().BeFalse();
        (await Output.IsSecretAsync(secret)).Should().BeTrue();
        (await secret.ValueAsync()).Should().Be("""["a","b"]""");
    }

    [Fact]
    public async Task JsonSerialize_TakesOptions()
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
        var value = new Document("n", new[] { "a" }, []);

        (await Output.JsonSerialize(Output.Create(value), options).ValueAsync())
            .Should().Be("""{"name":"n","items":["a"],"counts":{}}""");
    }

    [Fact]
    public async Task JsonDeserialize_ReadsOutputsInside()
    {
        var read = Output.JsonDeserialize<Dictionary<string, Output<int>>>(Output.CreateSecret("""{"a":1}"""));
        var a = (await read.ValueAsync())["a"];

        (await a.ValueAsync()).Should().Be(1);
        (await Output.IsSecretAsync(a)).Should().BeTrue();
        (await Output.IsSecretAsync(read)).Should().BeTrue();
    }

    private sealed record Document(Input<string> Name, InputList<string> Items, InputMap<int> Counts);
}
