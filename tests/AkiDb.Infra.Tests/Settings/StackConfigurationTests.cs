using AkiDb.Infra.Cli;
using AkiDb.Infra.Cli.Environments;

namespace AkiDb.Infra.Tests.Settings;

public sealed class StackConfigurationTests
{
    [Fact]
    public void Read_Scalars_KeepWhatTheyMean()
    {
        var config = Read("""
            config:
              akidb:text: "1.30"
              akidb:number: 1.30
              akidb:flag: true
              akidb:list: [a, 2, false, "3", ~]
              akidb:nested: { version: "1.30", count: 007x }
            """);

        config["akidb:text"].Should().Be("1.30");
        config["akidb:number"].Should().Be("1.30");
        config["akidb:flag"].Should().Be("true");
        config["akidb:list"].Should().Be("""["a",2,false,"3",null]""");
        config["akidb:nested"].Should().Be("""{"version":"1.30","count":"007x"}""");
    }

    [Fact]
    public void Read_EncryptedValue_IsAStandIn() =>
        Read("config: { akidb:key: { secure: v1:abc= } }")["akidb:key"].Should().Be(StackConfiguration.SecretStandIn);

    [Theory]
    [InlineData("config: { akidb:accountId: 012345678901 }", "octal")]
    [InlineData("config: [", "not YAML")]
    [InlineData("", "is empty")]
    [InlineData("other: 1", "no 'config:'")]
    [InlineData("config: 3", "no group of settings")]
    public void Read_BrokenFile_SaysWhatIsWrong(string yaml, string expected)
    {
        var read = () => Read(yaml);

        read.Should().Throw<BadInputException>().Which.Message.Should().Contain(expected);
    }

    private static IReadOnlyDictionary<string, string> Read(string yaml)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, yaml);
            return StackConfiguration.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
