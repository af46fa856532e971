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
    [InlineData("regions", """[{"region":"virginia","cidr":"10.0.0.0/16","zoneIds":["use1-az1","use1-az2","use1-az4"]}]""", "akidb:regions[0].region", "virginia", "one of ap-northeast-1, eu-central-1, us-east-1")]
    [InlineData("regions", """[{"region":"us-esat-1","cidr":"10.0.0.0/16","zoneIds":["use1-az1","use1-az2","use1-az4"]}]""", "akidb:regions[0].region", "us-esat-1", "did you mean us-east-1?")]
    [InlineData("regions", """[{"region":"af-south-1","cidr":"10.0.0.0/16","zoneIds":["afs1-az1","afs1-az2","afs1-az3"]}]""", "akidb:regions[0].region", "af-south-1", "one of ap-northeast-1, eu-central-1, us-east-1")]
    [InlineData("regions", """[{"region":"us-west-9","cidr":"10.0.0.0/16","zoneIds":["usw9-az1","usw9-az2","usw9-az3"]}]""", "akidb:regions[0].region", "us-west-9", "one of ap-northeast-1, eu-central-1, us-east-1")]
    [InlineData("regions", """[{"region":"us-east-1","cidr":"10.0.0.0/16","zoneIds":["use1-az1","use1-az2","use1-az3"]}]""", "akidb:regions[0].zoneIds[2]", "use1-az3", "EKS has no control plane in use1-az3")]
    [InlineData("regions", """[{"region":"us-east-1","cidr":"10.0.0.0/16","zoneIds":["use1-az1","use1-az2","use1-az9"]}]""", "akidb:regions[0].zoneIds[2]", "use1-az9", "1 to 6")]
    [InlineData("regions", """[{"region":"us-east-1","cidr":"10.0.0.0/16","zoneIds":["use1-az1","use1-az1","use1-az4"]}]""", "akidb:regions[0].zoneIds", "use1-az1, use1-az1, use1-az4", "three different")]
    [InlineData("regions", """[{"region":"us-east-1","cidr":"10.0.0.0/16","zoneIds":["use1-az1","use1-az2","euc1-az1"]}]""", "akidb:regions[0].zoneIds[2]", "euc1-az1", "zone ids of us-east-1")]
    [InlineData("regions", """[{"region":"us-east-1","cidr":"10.0.0.0/16","zoneIds":["use1-az1","use1-az2","use1-az4"],"zones":3}]""", "akidb:regions[0].zones", "3", "no such setting")]
    [InlineData("network", """{"natGateways":"two"}""", "akidb:network.natGateways", "two", "none, one, perZone")]
    [InlineData("network", """{"natGateways":"none"}""", "akidb:network.interfaceEndpoints", "[]", "no NAT gateway")]
    [InlineData("network", """{"natGateways":"none","interfaceEndpoints":["foo","ec2","ecr.api","ecr.dkr","eks","eks-auth","logs"]}""", "akidb:network.interfaceEndpoints", "[foo, ec2, ecr.api, ecr.dkr, eks, eks-auth, logs]", "sts is missing")]
    [InlineData("network", """{"flowLogRetentionDays":31}""", "akidb:network.flowLogRetentionDays", "31", "one of 1, 3, 5")]
    [InlineData("network", """{"natGateway":"one"}""", "akidb:network.natGateway", "one", "no such setting")]
    [InlineData("network", "[1]", "akidb:network", "[1]", "a group of settings")]
    [InlineData("accountId", "444455556666", "akidb:cluster.administrators", "arn:aws:iam::111122223333:role/a", "a role of account 444455556666")]
    [InlineData("workloads", """{"scaleToZero":{"downAt":"99 19 * * mon-fri","upAt":"0 6 * * mon-fri"}}""", "akidb:workloads.scaleToZero.downAt", "99 19 * * mon-fri", "minute 0-59")]
    [InlineData("workloads", """{"scaleToZero":{"downAt":"0 19 * * mon-fri","upAt":"0 25 * * funday"}}""", "akidb:workloads.scaleToZero.upAt", "0 25 * * funday", "hour 0-23")]
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
    [InlineData("tags", "[1]", "akidb:tags", "[1]", "tag keys")]
    [InlineData("observability", """{"logArchiveDays":100}""", "akidb:observability.logArchiveDays", "100", "181 to 3650")]
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
    [InlineData("jetson", """{"site":"office","boards":{"jetson01":"192.168.1.101"},"network":"siteToSiteVpn","gatewayAddress":"203.0.113.7"}""", "akidb:jetson.siteCidr", null, "boards' network")]
    [InlineData("jetson", """{"site":"office","boards":{"jetson01":"192.168.1.101","jetson02":"192.168.1.101"}}""", "akidb:jetson.boards.jetson02", "192.168.1.101", "jetson01 has this one")]
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
        problem.ToString().Should().Contain(faultKey).And.Contain(allowed).And.Contain(problem.IsUnknownKey ? "group has" : "e.g.");
    }

    [Theory]
    [InlineData("network", """{"natGateway":"one"}""", "akidb:network.natGateway: there is no such setting; did you mean natGateways? This group has flowLogRetentionDays, interfaceEndpoints, natGateways")]
    [InlineData("accessLogs", """{"colour":"blue"}""", "akidb:accessLogs.colour: there is no such setting; this group has keepDays")]
    public void Load_UnknownKey_NamesTheNearestOfItsGroup(string key, string value, string message) =>
        ProblemsOf(With(key, value)).Should().ContainSingle().Which.ToString().Should().Be(message);

    [Fact]
    public void Load_ExampleOfAProblem_WouldDo()
    {
        const string region = """[{"region":"REGION","cidr":"10.0.0.0/16","zoneIds":ZONES}]""";
        var wrong = region.Replace("REGION", "us-esat-1", StringComparison.Ordinal).Replace("ZONES", """["use1-az1"]""", StringComparison.Ordinal);
        var named = wrong.Replace("us-esat-1", ProblemsOf(With("regions", wrong)).Should().ContainSingle().Which.Example, StringComparison.Ordinal);
        var zones = ProblemsOf(With("regions", named)).Should().ContainSingle().Which.Example;

        var load = () => EnvironmentSettings.Load("test", With("regions", named.Replace("""["use1-az1"]""", zones.Replace("[", "[\"", StringComparison.Ordinal)
            .Replace(", ", "\", \"", StringComparison.Ordinal).Replace("]", "\"]", StringComparison.Ordinal), StringComparison.Ordinal)));

        load.Should().NotThrow();
    }

    [Fact]
    public void Load_EdgeWithAFaultyDomainOrRegion_SaysNothingOfWhatFollows()
    {
        var elsewhere = With("edge", """{"domain":"Not A Domain"}""");
        elsewhere["akidb:regions"] = """[{"region":"eu-central-1","cidr":"10.0.0.0/16","zoneIds":["euc1-az1","euc1-az2","euc1-az3"]}]""";
        var misspelt = With("edge", """{"domain":"akidb.example.com"}""");
        misspelt["akidb:regions"] = """[{"region":"us-esat-1","cidr":"10.0.0.0/16","zoneIds":["use1-az1","use1-az2","use1-az4"]}]""";

        ProblemsOf(elsewhere).Should().ContainSingle().Which.Allowed.Should().Contain("DNS name");
        ProblemsOf(misspelt).Should().ContainSingle().Which.Key.Should().Be("akidb:regions[0].region");
    }

    [Fact]
    public void Load_FaultyNetworkOfOneRegion_IsNoOverlapWithTheOthers() =>
        ProblemsOf(With("regions", """
            [{"region":"us-east-1","cidr":"all","zoneIds":["use1-az1","use1-az2","use1-az4"]},
             {"region":"eu-central-1","cidr":"10.0.16.0/20","zoneIds":["euc1-az1","euc1-az2","euc1-az3"]}]
            """)).Should().ContainSingle().Which.Key.Should().Be("akidb:regions[0].cidr");

    [Fact]
    public void Load_RolesOfOtherAccounts_MayStandBesideOneOfTheAccount()
    {
        var load = () => EnvironmentSettings.Load("test", With("cluster",
            """{"version":"1.35","administrators":["arn:aws:iam::111122223333:role/a","arn:aws:iam::444455556666:role/b"],"viewers":["arn:aws:iam::444455556666:role/c"]}"""));

        load.Should().NotThrow();
    }

    [Theory]
    [InlineData("0 19 * * mon-fri", true)]
    [InlineData("*/15 0-6,22 1 jan-mar,12 0", true)]
    [InlineData("5/10 * * * *", true)]
    [InlineData("60 19 * * *", false)]
    [InlineData("0 24 * * *", false)]
    [InlineData("0 0 0 * *", false)]
    [InlineData("0 0 * 13 *", false)]
    [InlineData("0 0 * * 7", false)]
    [InlineData("0 0 * mon *", false)]
    [InlineData("0 0 * * fri-mon", false)]
    [InlineData("*/0 0 * * *", false)]
    [InlineData("1- 0 * * *", false)]
    [InlineData("0 0 * *", false)]
    public void Load_ScheduleOfScaleToZero_IsWhatKubernetesTakes(string cron, bool taken)
    {
        var load = () => EnvironmentSettings.Load("test", With("workloads", $$$"""{"scaleToZero":{"downAt":"{{{cron}}}","upAt":"0 6 * * mon-fri"}}"""));

        if (taken)
            load.Should().NotThrow();
        else
            load.Should().Throw<SettingsException>().Which.Problems.Should().ContainSingle().Which.Key.Should().Be("akidb:workloads.scaleToZero.downAt");
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
