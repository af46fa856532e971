using System.Text.Json.Nodes;
using AkiDb.SdkTool.Schema;
using AkiDb.SdkTool.Slices;
using FluentAssertions;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Providers;

/// <summary>Every type of every slice says what the <c>.d.ts</c> files of the pinned npm package say.</summary>
public sealed class ConformanceTests
{
    [Theory]
    [InlineData("aws")]
    [InlineData("aws-native")]
    [InlineData("kubernetes")]
    public void Slice_AgainstDeclarations_DiffersInNothing(string package)
    {
        var slice = Slice.Read(package);

        SchemaDifferences.Between(slice, Slice.Declared(package)).Should().BeEmpty();
        SchemaDifferences.PropertyCount(slice).Should().BeGreaterThan(100);
    }

    /// <summary>The comparison itself must see each kind of difference; otherwise the test above proves nothing.</summary>
    [Theory]
    [InlineData("resources/aws:eks~1cluster:Cluster", "is declared but not in the slice")]
    [InlineData("types/aws:eks~1ClusterVpcConfig:ClusterVpcConfig", "is declared but not in the slice")]
    [InlineData("functions/aws:index~1getRegion:getRegion", "is declared but not in the slice")]
    [InlineData("resources/aws:eks~1cluster:Cluster/inputProperties/roleArn", "is declared but not in the slice")]
    [InlineData("resources/aws:eks~1cluster:Cluster/properties/endpoint", "is declared but not in the slice")]
    [InlineData("resources/aws:eks~1cluster:Cluster/requiredInputs", "required")]
    [InlineData("resources/aws:s3~1bucket:Bucket/aliases", "aliases")]
    [InlineData("types/aws:s3~1CannedAcl:CannedAcl/enum", "enum")]
    [InlineData("provider/inputProperties/region", "is declared but not in the slice")]
    [InlineData("provider/inputProperties/token/secret", "token")]
    public void Differences_PartOfTheSliceRemoved_AreFound(string path, string message)
    {
        var slice = Slice.Read("aws");
        var declared = slice.DeepClone().AsObject();
        var parts = path.Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal)).ToList();
        var owner = parts.SkipLast(1).Aggregate((JsonNode)slice, (node, part) => node[part]!).AsObject();

        owner.Remove(parts[^1]).Should().BeTrue();

        SchemaDifferences.Between(slice, declared).Should().ContainSingle().Which.Should().Contain(message);
    }

    [Fact]
    public void Differences_PropertyThatNobodyDeclared_AreFound()
    {
        var slice = Slice.Read("aws");
        var declared = slice.DeepClone().AsObject();
        slice["types"]!["aws:eks/ClusterVpcConfig:ClusterVpcConfig"]!["properties"]!["vpcID"] = new JsonObject { ["type"] = "string" };

        SchemaDifferences.Between(slice, declared).Should().ContainSingle().Which.Should().Contain("vpcID");
    }

    [Fact]
    public void Differences_TypeChanged_AreFound()
    {
        var slice = Slice.Read("aws");
        var declared = slice.DeepClone().AsObject();
        slice["resources"]!["aws:eks/cluster:Cluster"]!["inputProperties"]!["version"] = new JsonObject { ["type"] = "integer" };

        SchemaDifferences.Between(slice, declared).Should().ContainSingle().Which.Should().Contain("Cluster.version");
    }

    [Fact]
    public void Describe_PackagesNotInstalled_SaysWhatToRun()
    {
        var empty = new Workspace(Path.Combine(Path.GetTempPath(), "no-such-repository"));

        var describe = () => Declarations.Describe(empty, Slice.Provider("aws"), ["aws:eks/addon:Addon"]);

        describe.Should().Throw<SchemaException>().WithMessage("*npm ci --prefix eng --ignore-scripts*");
    }

    [Fact]
    public void Describe_UnknownToken_NamesIt()
    {
        var describe = () => Declarations.Describe(Slice.Workspace, Slice.Provider("aws"), ["aws:eks/adon:Adon"]);

        describe.Should().Throw<SchemaException>().WithMessage("*aws:eks/adon:Adon*eks/adon.d.ts*");
    }
}
