using System.CommandLine;
using AkiDb.CommandLine;

namespace AkiDb.Runtime.Tests.CommandLine;

public sealed class CommandLineProgramTests
{
    [Theory]
    [InlineData(7, "run", "--size", "3")]
    [InlineData(2, "run", "--size", "many")]
    [InlineData(2, "run")]
    [InlineData(2, "walk")]
    [InlineData(2)]
    [InlineData(0, "run", "--help")]
    public async Task RunAsync_Arguments_EndWithTheCommandsCodeOrTwo(int expected, params string[] args)
    {
        var size = new Option<int>("--size") { Required = true };
        var run = new Command("run") { size };
        run.SetAction(arguments => arguments.GetValue(size) + 4);

        (await CommandLineProgram.RunAsync(new RootCommand { run }, "akidb test", args)).Should().Be(expected);
    }
}
