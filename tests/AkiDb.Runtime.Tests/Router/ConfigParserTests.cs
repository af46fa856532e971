using AkiDb.Router.Configuration;

namespace AkiDb.Runtime.Tests.Router;

public class ConfigParserTests
{
    private const string Minimal = """
        { "cluster": "c", "region": "r", "backends": [
          { "name": "a", "kind": "spot", "region": "r", "costPerMillionUsd": 2, "expectedComputeP95Ms": 4.5, "addresses": ["http://10.0.0.1:8080"] } ] }
        """;

    [Fact]
    public void Parse_Minimal_HasTheDocumentedDefaults()
    {
        var config = ConfigParser.Parse(Minimal);

        config.DefaultLatencyBudgetMs.Should().Be(50);
        config.MaxLoad.Should().Be(0.8);
        config.Health.Should().Be(new HealthConfig());
        config.Health.Failures.Should().Be(2);
        config.Health.EjectionMs.Should().Be(10_000);
        config.Redis.Should().BeNull();
        config.Backends.Single().CapacityRps.Should().BeNull();
    }

    [Fact]
    public void Parse_YamlAndJsonOfTheSameSettings_AreEqual()
    {
        const string Yaml = """
            cluster: c
            region: r
            backends:
              - name: a
                kind: spot
                region: r
                costPerMillionUsd: 2
                expectedComputeP95Ms: 4.5
                addresses: [ "http://10.0.0.1:8080" ]
            """;

        ConfigParser.Parse(Yaml).Should().BeEquivalentTo(ConfigParser.Parse(Minimal));
    }

    [Fact]
    public void Parse_ManyErrors_ReportsAllOfThemWithKeyValueRangeAndExample()
    {
        const string Bad = """
            { "cluster": "c", "maxLoad": 1.5, "colour": "red", "backends": [
              { "name": "a b", "kind": "gpu", "region": "r", "costPerMillionUsd": "cheap", "expectedComputeP95Ms": -1, "addresses": ["10.0.0.1"] },
              { "name": "b", "kind": "spot", "region": "r", "costPerMillionUsd": 1, "expectedComputeP95Ms": 1 } ],
              "redis": { "url": "http://x", "flushMs": 1.5 } }
            """;

        var errors = Errors(Bad);

        errors.Select(error => error.Key).Should().BeEquivalentTo(
            "region", "maxLoad", "colour", "backends[0].name", "backends[0].kind", "backends[0].costPerMillionUsd",
            "backends[0].expectedComputeP95Ms", "backends[0].addresses[0].url", "backends[1].addresses", "redis.url", "redis.flushMs");
        errors.Should().OnlyContain(error => error.Allowed.Length > 0 && error.Example.Length > 0);
        errors.Single(error => error.Key == "maxLoad").ToString()
            .Should().Be("maxLoad: 1.5 is not allowed; allowed: 0.05 to 1 of the capacity; example: 0.8");
    }

    [Theory]
    [InlineData("", "(file)")]
    [InlineData("[1]", "(file)")]
    [InlineData("{ \"cluster\": ", "(file)")]
    [InlineData("a: [", "(file)")]
    [InlineData("{}", "backends")]
    public void Parse_NotASettingsFile_SaysWhatItShouldBe(string text, string key) =>
        Errors(text).Should().Contain(error => error.Key == key);

    [Theory]
    [InlineData("\"name\": \"a\"", "\"name\": \"a\", \"capacityRps\": 1, \"capacityPerAddressRps\": 1", "backends[0].capacityPerAddressRps")]
    [InlineData("[\"http://10.0.0.1:8080\"]", "[\"http://10.0.0.1:8080\", \"http://10.0.0.1:8080/\"]", "backends[0].addresses")]
    [InlineData("[\"http://10.0.0.1:8080\"]", "[\"http://10.0.0.1:8080/path\"]", "backends[0].addresses[0].url")]
    [InlineData("[\"http://10.0.0.1:8080\"]", "[]", "backends[0].addresses")]
    public void Parse_ContradictionInABackend_IsRefused(string good, string bad, string key) =>
        Errors(Minimal.Replace(good, bad, StringComparison.Ordinal)).Should().ContainSingle(error => error.Key == key);

    [Fact]
    public void Parse_WrongAddresses_AreTheOnlyOnesReported() =>
        Errors(Minimal.Replace("[\"http://10.0.0.1:8080\"]", "[\"ftp://a\", \"b\", \"http://10.0.0.7:8080\"]", StringComparison.Ordinal))
            .Select(error => error.Key).Should().Equal("backends[0].addresses[0].url", "backends[0].addresses[1].url");

    [Fact]
    public void Parse_NoAddresses_ShowsTheEmptyList() =>
        Errors(Minimal.Replace("[\"http://10.0.0.1:8080\"]", "[]", StringComparison.Ordinal)).Single().ToString().Should().StartWith("backends[0].addresses: [] ");

    [Fact]
    public void Parse_Kinds_DecideWhatIsProbedAndWhichHostIsSent()
    {
        var lambda = ConfigParser.Parse(Minimal.Replace("\"spot\"", "\"lambda\"", StringComparison.Ordinal)).Backends.Single();

        lambda.ActiveHealth.Should().BeFalse();
        lambda.PreserveHost.Should().BeFalse();
    }

    [Fact]
    public void Parse_Example_IsGoodAndInTheSpecifiedOrderOfCost()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "examples", "router.yaml"));

        ConfigParser.Parse(text).Backends.OrderBy(backend => backend.CostPerMillionUsd).Select(backend => backend.Name)
            .Should().Equal("jetson", "spot", "lambda", "on-demand");
    }

    private static IReadOnlyList<ConfigError> Errors(string text)
    {
        var parse = () => ConfigParser.Parse(text);
        return parse.Should().Throw<ConfigException>().Which.Errors;
    }
}
