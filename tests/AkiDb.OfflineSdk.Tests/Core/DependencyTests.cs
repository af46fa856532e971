using FluentAssertions;
using Pulumi;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Core;

public sealed class DependencyTests
{
    [Fact]
    public async Task DependsOn_AResource_IsRegisteredAfterIt()
        => (await RegistrationOrder(() =>
        {
            var first = new Alpha("first");
            _ = new Alpha("second", options: new CustomResourceOptions { DependsOn = { first } });
        })).Should().Equal("first", "second");

    [Fact]
    public async Task DependsOn_AComponent_WaitsForWhatIsInIt()
        => (await RegistrationOrder(() =>
        {
            var outer = new ComponentResource("demo:comp:Outer", "outer");
            _ = new Pair("inner", new ComponentResourceOptions { Parent = outer });
            _ = new Alpha("last", options: new CustomResourceOptions { DependsOn = { outer } });
        }))[^1].Should().Be("last");

    [Fact]
    public async Task ResourceInput_IsWaitedFor()
        => (await RegistrationOrder(() =>
        {
            var first = new Alpha("first");
            _ = new Alpha("second", new AlphaArgs { Other = first });
        })).Should().Equal("first", "second");

    [Theory]
    [InlineData("dependsOn")]
    [InlineData("input")]
    [InlineData("urn")]
    public async Task DependencyOnTheOwnParent_NeverEnds(string how)
    {
        var run = Program.RunAsync(new RecordingMocks(), () =>
        {
            var parent = new ComponentResource("demo:comp:Parent", "parent");
            var args = new AlphaArgs();
            var options = new CustomResourceOptions { Parent = parent };
            switch (how)
            {
                case "dependsOn":
                    options.DependsOn.Add(parent);
                    break;
                case "input":
                    args.Other = parent;
                    break;
                default:
                    args.V = parent.Urn;
                    break;
            }

            _ = new Alpha("child", args, options);
        });

        (await Task.WhenAny(run, Task.Delay(TimeSpan.FromMilliseconds(200)))).Should().NotBe(run);
    }

    [Fact]
    public async Task DependsOn_AComponentAgainAndAgain_EndsWithThousandsOfResources()
    {
        const int Count = 2_000;
        var resources = await Program.RunAsync(new RecordingMocks(), () =>
        {
            var component = new ComponentResource("demo:comp:Many", "many");
            for (var index = 0; index < Count; index++)
            {
                _ = new Alpha($"in-{index}", options: new CustomResourceOptions { Parent = component });
                _ = new Alpha($"after-{index}", options: new CustomResourceOptions { DependsOn = { component } });
            }
        });

        resources.Should().HaveCount((2 * Count) + 1);
    }

    [Fact]
    public async Task FailureOfADependency_EndsTheRun()
    {
        var mocks = new RecordingMocks
        {
            Answer = args => args.Name == "first" ? throw new InvalidOperationException("boom") : ("1", args.Inputs),
        };
        var run = () => Program.RunAsync(mocks, () =>
            _ = new Alpha("second", options: new CustomResourceOptions { DependsOn = { new Alpha("first") } }));

        (await Program.FailureAsync(run)).Should().Contain("boom");
    }

    private static async Task<IReadOnlyList<string>> RegistrationOrder(Action program)
        => [.. (await Program.RunAsync(new RecordingMocks(), program))
            .Where(resource => resource is Alpha)
            .Select(resource => resource.GetResourceName())];
}
