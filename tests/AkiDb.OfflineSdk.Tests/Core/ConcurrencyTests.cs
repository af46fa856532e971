using FluentAssertions;
using Pulumi;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Core;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task ParallelRuns_DoNotSeeEachOther()
    {
        var runs = Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
        {
            var mocks = new RecordingMocks();
            var resources = await Program.RunAsync(
                mocks,
                () =>
                {
                    for (var index = 0; index < 50; index++)
                    {
                        _ = new Alpha($"{Deployment.Instance.StackName}-{index}");
                    }
                },
                new() { StackName = $"s{number}" });
            return (number, resources, mocks);
        }));

        foreach (var (number, resources, mocks) in await Task.WhenAll(runs))
        {
            resources.Should().HaveCount(50);
            mocks.Resources.Should().HaveCount(50).And.OnlyContain(request => request.Name!.StartsWith($"s{number}-"));
        }
    }

    [Fact]
    public async Task Run_LeavesNoInstanceBehind()
    {
        await Program.RunAsync(new RecordingMocks(), () => { });

        FluentActions.Invoking(() => Deployment.Instance).Should().Throw<InvalidOperationException>();
    }
}
