using System.Collections.Immutable;
using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Components.Cluster;
using AkiDb.Infra.Components.Network;
using AkiDb.Infra.Stacks.Settings;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Settings;

public sealed class EnvironmentSettingsTests
{
    [Theory]
    [InlineData("dev", 1)]
    [InlineData("staging", 2)]
    [InlineData("prod", 3)]
    public void Load_ShippedEnvironment_HasItsRegions(string environment, int regions) =>
        Load(environment).Regions.Should().HaveCount(regions);

    [Fact]
    public void Load_Production_IsReadAsWritten()
    {
        var settings = Load("prod");

        settings.NamePrefix.Should().Be("akidb-prod");
        settings.Network.NatGateways.Should().Be(NatGatewayLayout.PerZone);
        settings.Cluster.Version.Should().Be("1.35");
        settings.Cluster.Principals.Should().Contain("arn:aws:iam::111122223333:role/akidb-developer", ClusterRole.Viewer);
        settings.Tags["cost-center"].Should().Be("cc-akidb-prod");
    }

    [Theory]
    [InlineData("accountId", "12345", "akidb:accountId", "12345", "12 digits")]
    [InlineData("accountId", "", "akidb:accountId", "", "12 digits")]
    [InlineData("regions", "[]", "akidb:regions", "[]", "at least one")]
    [InlineData("regions", """[{"region":"us-east-1","cidr":"10.0.0.0/24","zoneIds":["use1-az1","use1-az2","use1-az4"]}]""", "akidb:regions[0].cidr", "10.0.0.0/24", "/16 to /20")]
    [InlineData("regions", """[{"region":"us-east-1","cidr":"8.8.0.0/16","zoneIds":["use1-az1","use1-az2","use1-az4"]}]""", "akidb:regions[0].cidr", "8.8.0.0/16", "private")]
    [InlineData("regions", """[{"region":"virginia","cidr":"10.0.0.0/16","zoneIds":["use1-az1","use1-az2","use1-az4"]}]""", "akidb:regions[0].region", "virginia", "AWS region")]
    [InlineData("regions", """[{"region":"us-east-1","cidr":"10.0.0.0/16","zoneIds":["use1-az1","use1-az1","use1-az4"]}]""", "akidb:regions[0].zoneIds", "use1-az1, use1-az1, use1-az4", "three different")]
    [InlineData("regions", """[{"region":"us-east-1","cidr":"10.0.0.0/16","zoneIds":["use1-az1","use1-az2","euc1-az1"]}]""", "akidb:regions[0].zoneIds[2]", "euc1-az1", "zone ids of us-east-1")]
    [InlineData("regions", """[{"region":"us-east-1","cidr":"10.0.0.0/16","zoneIds":["use1-az1","use1-az2","use1-az4"],"zones":3}]""", "akidb:regions[0].zones", "3", "no such setting")]
    [InlineData("network", """{"natGateways":"two"}""", "akidb:network.natGateways", "two", "none, one, perZone")]
    [InlineData("network", """{"natGateways":"none"}""", "akidb:network.interfaceEndpoints", "[]", "no NAT gateway")]
    [InlineData("network", """{"flowLogRetentionDays":31}""", "akidb:network.flowLogRetentionDays", "31", "one of 1, 3, 5")]
    [InlineData("network", """{"natGateway":"one"}""", "akidb:network.natGateway", "one", "no such setting")]
    [InlineData("network", "[1]", "akidb:network", "[1]", "a group of settings")]
    [InlineData("cluster", """{"administrators":["arn:aws:iam::111122223333:role/a"]}""", "akidb:cluster.version", null, "1.35")]
    [InlineData("cluster", """{"version":"1.12","administrators":["arn:aws:iam::111122223333:role/a"]}""", "akidb:cluster.version", "1.12", "1.35")]
    [InlineData("cluster", """{"version":"1.35"}""", "akidb:cluster.administrators", null, "role that deploys")]
    [InlineData("cluster", """{"version":"1.35","administrators":["alice"]}""", "akidb:cluster.administrators[0]", "alice", "ARNs of IAM roles")]
    [InlineData("cluster", """{"version":"1.35","administrators":["arn:aws:iam::111122223333:role/a"],"publicAccessCidrs":["0.0.0.0/0"]}""", "akidb:cluster.publicAccessCidrs[0]", "0.0.0.0/0", "/8 or smaller")]
    [InlineData("cluster", """{"version":"1.35","administrators":["arn:aws:iam::111122223333:role/a"],"deletionProtection":"maybe"}""", "akidb:cluster.deletionProtection", "maybe", "true or false")]
    [InlineData("cluster", """{"version":"1.35","administrators":["arn:aws:iam::111122223333:role/a"],"addonVersions":{"coredns":"latest"}}""", "akidb:cluster.addonVersions.coredns", "latest", "versions of")]
    [InlineData("modelStore", """{"coldAfterDays":-1}""", "akidb:modelStore.coldAfterDays", "-1", "0 to 3650")]
    [InlineData("modelStore", """{"coldAfterDays":"ten"}""", "akidb:modelStore.coldAfterDays", "ten", "whole number")]
    [InlineData("tags", """{"owner":"platform"}""", "akidb:tags.cost-center", null, "bills")]
    [InlineData("tags", """{"owner":"platform","cost-center":"c","aws:x":"y"}""", "akidb:tags.aws:x", "y", "tag keys")]
    [InlineData("budgets", """{"monthlyUsd":-1}""", "akidb:budgets.monthlyUsd", "-1", "0 to 10000000")]
    [InlineData("budgets", """{"services":{"cloudfront":"much"}}""", "akidb:budgets.services.cloudfront", "much", "whole dollars")]
    [InlineData("budgets", """{"monthly":5}""", "akidb:budgets.monthly", "5", "no such setting")]
    [InlineData("edge", """{"priceClass":"class100"}""", "akidb:edge.priceClass", "class100", "no such setting")]
    [InlineData("edge", """{"domain":"Not A Domain"}""", "akidb:edge.domain", "Not A Domain", "DNS name")]
    [InlineData("edge", """{"domain":"akidb.example.com","healthCheckSeconds":60}""", "akidb:edge.healthCheckSeconds", "60", "one of 10, 30")]
    [InlineData("edge", """{"domain":"akidb.example.com","priceClass":"cheap"}""", "akidb:edge.priceClass", "cheap", "class100, class200, all")]
    [InlineData("edge", """{"domain":"akidb.example.com","warm":{"least":5,"most":2}}""", "akidb:edge.warm.least", "5", "1 to 2")]
    [InlineData("edge", """{"domain":"akidb.example.com","warm":{"keys":{"0123456789ab":"secret"}}}""", "akidb:edge.warm.keys.0123456789ab", "secret", "SHA-256")]
    [InlineData("edge", """{"domain":"akidb.example.com","warm":{"busyFrom":"cron(0 9 ? * MON-FRI *)"}}""", "akidb:edge.warm.busyUntil", null, "belong together")]
    [InlineData("jetson", """{"site":"office","boards":{"jetson 1":"192.168.1.101"}}""", "akidb:jetson.boards.jetson 1", "192.168.1.101", "host names")]
    [InlineData("jetson", """{"site":"office","boards":{"jetson01":"192.168.1.101"},"release":{"version":"1.0.0"}}""", "akidb:jetson.release.sha256", null, "together")]
    [InlineData("jetson", """{"site":"office","boards":{"jetson01":"10.0.0.1"},"network":"siteToSiteVpn","gatewayAddress":"203.0.113.7","siteCidr":"10.0.0.0/8"}""", "akidb:jetson.siteCidr", "10.0.0.0/8", "shares no address")]
    [InlineData("jetson", """{"site":"office","boards":{"jetson01":"192.168.1.101"},"metricsUrl":"http://plain"}""", "akidb:jetson.metricsUrl", "http://plain", "https")]
    [InlineData("accessLogs", """{"keepDays":0}""", "akidb:accessLogs.keepDays", "0", "1 to 3650")]
    [InlineData("colour", "blue", "akidb:colour", "blue", "no such setting")]
    public void Load_OneFault_NamesKeyValueRangeAndExample(string key, string value, string faultKey, string? faultValue, string allowed)
    {
        var problem = ProblemsOf(With(key, value)).Should().ContainSingle().Subject;

        problem.Key.Should().Be(faultKey);
        problem.Value.Should().Be(faultValue);
        problem.Allowed.Should().Contain(allowed);
        problem.Example.Should().NotBeEmpty();
        problem.ToString().Should().Contain(faultKey).And.Contain(allowed).And.Contain("e.g.");
    }

    [Fact]
    public void Load_ManyFaults_ReportsAllAtOnce()
    {
        var config = With("accountId", "1");
        config["akidb:network"] = """{"natGateways":"two","flowLogRetentionDays":31}""";
        config.Remove("akidb:tags");

        ProblemsOf(config).Select(problem => problem.Key).Should().Equal(
            "akidb:accountId", "akidb:network.natGateways", "akidb:network.flowLogRetentionDays", "akidb:tags.owner", "akidb:tags.cost-center");
    }

    [Fact]
    public void Load_NothingAtAll_AsksForEveryRequiredSetting() =>
        ProblemsOf([]).Select(problem => problem.Key).Should()
            .Contain(["akidb:accountId", "akidb:regions", "akidb:cluster.version", "akidb:cluster.administrators", "akidb:tags.owner"]);

    [Fact]
    public void Load_OverlappingNetworks_NamesTheOther()
    {
        var config = With("regions", """
            [{"region":"us-east-1","cidr":"10.0.0.0/16","zoneIds":["use1-az1","use1-az2","use1-az4"]},
             {"region":"eu-central-1","cidr":"10.0.16.0/20","zoneIds":["euc1-az1","euc1-az2","euc1-az3"]}]
            """);

        ProblemsOf(config).Should().ContainSingle().Which.Allowed.Should().Contain("us-east-1").And.Contain("10.0.0.0/16");
    }

    [Fact]
    public void Load_ARegionTwice_WantsANameForTheSecond()
    {
        const string twice = """
            [{"region":"us-east-1","cidr":"10.0.0.0/16","zoneIds":["use1-az1","use1-az2","use1-az4"]},
             {"region":"us-east-1","cidr":"10.1.0.0/16","zoneIds":["use1-az1","use1-az2","use1-az4"]NAME}]
            """;

        ProblemsOf(With("regions", twice.Replace("NAME", "", StringComparison.Ordinal)))
            .Should().ContainSingle().Which.Key.Should().Be("akidb:regions[1].name");
        EnvironmentSettings.Load("test", With("regions", twice.Replace("NAME", ",\"name\":\"us-east-1-b\"", StringComparison.Ordinal)))
            .Regions.Select(region => region.Name).Should().Equal("us-east-1", "us-east-1-b");
    }

    [Fact]
    public void Load_NumbersAndFlagsAsText_AreRead()
    {
        // `pulumi config set --path` stores them so.
        var config = With("cluster", """{"version":"1.35","administrators":["arn:aws:iam::111122223333:role/a"],"logRetentionDays":"30","deletionProtection":"false"}""");

        var settings = EnvironmentSettings.Load("test", config);

        settings.Cluster.LogRetentionDays.Should().Be(30);
        settings.Cluster.DeletionProtection.Should().BeFalse();
    }

    [Fact]
    public void Load_KeysOfOtherNamespaces_AreLeftAlone()
    {
        var config = With("accountId", "111122223333");
        config["aws:region"] = "us-east-1";

        var load = () => EnvironmentSettings.Load("test", config);

        load.Should().NotThrow();
    }

    private static EnvironmentSettings Load(string environment) =>
        EnvironmentSettings.Load(environment, StackConfiguration.Read(RepositoryFolder.At($"Pulumi.{environment}.yaml")));

    private static ImmutableArray<SettingsProblem> ProblemsOf(Dictionary<string, string> config)
    {
        var load = () => EnvironmentSettings.Load("test", config);
        return load.Should().Throw<SettingsException>().Which.Problems;
    }

    private static Dictionary<string, string> With(string key, string value) => new()
    {
        ["akidb:accountId"] = "111122223333",
        ["akidb:regions"] = """[{"region":"us-east-1","cidr":"10.0.0.0/16","zoneIds":["use1-az1","use1-az2","use1-az4"]}]""",
        ["akidb:cluster"] = """{"version":"1.35","administrators":["arn:aws:iam::111122223333:role/a"]}""",
        ["akidb:tags"] = """{"owner":"platform","cost-center":"cc"}""",
        ["akidb:capacity"] = """{"amiAlias":"al2023@v20260801","baseline":{"types":["m7g.large"]}}""",
        [$"akidb:{key}"] = value,
    };
}
