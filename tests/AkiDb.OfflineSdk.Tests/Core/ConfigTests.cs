using FluentAssertions;
using Pulumi;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Core;

[Collection(ProcessEnvironment.Name)]
public sealed class ConfigTests
{
    private const string Settings = """
        {"a:text":"x","a:config:old":"y","a:flag":"true","a:count":"3","a:ratio":"0.5","a:raw":{"n":[1]},"proj:own":"z","a:key":"s"}
        """;

    [Fact]
    public async Task Config_ReadsEveryType()
        => await RunAsync(() =>
        {
            var config = new Config("a");
            config.Require("text").Should().Be("x");
            config.GetBoolean("flag").Should().BeTrue();
            config.RequireInt32("count").Should().Be(3);
            config.RequireDouble("ratio").Should().Be(0.5);
            config.RequireObject<Dictionary<string, int[]>>("raw")["n"].Should().Equal(1);
            config.Get("raw").Should().Be("""{"n":[1]}""");
            (config.Get("none"), config.GetInt32("none"), config.GetSecret("none")).Should().Be((null, null, null));
        });

    [Fact]
    public async Task Config_OldKeys_AreNormalised()
        => await RunAsync(() =>
        {
            new Config("a").Require("old").Should().Be("y");
            new Config("a:config").Require("old").Should().Be("y");
        });

    [Fact]
    public async Task Config_WithoutName_IsTheProjects()
        => await RunAsync(() => new Config().Require("own").Should().Be("z"));

    [Fact]
    public async Task Config_SecretKey_OnlyMarks()
        => await RunAsync(() => new Config("a").Get("key").Should().Be("s"), secretKeys: """["a:key"]""");

    [Fact]
    public async Task Config_RequireSecret_IsSecretWithoutAMark()
    {
        Output<string> key = null!;
        await RunAsync(() => key = new Config("a").RequireSecret("key"));

        (await key.ValueAsync()).Should().Be("s");
        (await Output.IsSecretAsync(key)).Should().BeTrue();
    }

    [Fact]
    public async Task Config_Missing_SaysHowToSetIt()
        => (await FluentActions.Awaiting(() => RunAsync(() => new Config("a").Require("nope"))).Should().ThrowAsync<RunException>())
            .Which.Message.Should().Be("Missing Required configuration variable 'a:nope'\n" +
                "\tplease set a value using the command `pulumi config set a:nope <value>`");

    [Fact]
    public async Task Config_OfAWrongType_SaysWhichValue()
        => (await FluentActions.Awaiting(() => RunAsync(() => new Config("a").RequireInt32("flag"))).Should().ThrowAsync<RunException>())
            .Which.Message.Should().Be("Configuration 'a:flag' value 'true' is not a valid Int32");

    private static async Task RunAsync(Action program, string? secretKeys = null)
    {
        using (ProcessEnvironment.With("PULUMI_CONFIG", Settings))
        using (ProcessEnvironment.With("PULUMI_CONFIG_SECRET_KEYS", secretKeys))
        {
            await Program.RunAsync(new RecordingMocks(), program);
        }
    }
}
