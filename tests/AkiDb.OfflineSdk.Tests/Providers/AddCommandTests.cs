using System.Text.Json.Nodes;
using AkiDb.SdkTool.Commands;
using AkiDb.SdkTool.Schema;
using AkiDb.SdkTool.Slices;
using FluentAssertions;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Providers;

/// <summary><c>sdk add</c> in a copy of the repository's slices, with the real npm packages.</summary>
public sealed class AddCommandTests : IDisposable
{
    private readonly Workspace _copy = new(Directory.CreateTempSubdirectory("sdk-add").FullName);

    public AddCommandTests()
    {
        _ = Slice.Declared("aws");
        foreach (var provider in Provider.All)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(provider.Schema(_copy))!);
            File.Copy(provider.Schema(Slice.Workspace), provider.Schema(_copy));
            File.Copy(provider.Recorded(Slice.Workspace), provider.Recorded(_copy));
        }

        Directory.CreateSymbolicLink(_copy.NodeModules, Slice.Workspace.NodeModules);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetDirectoryName(_copy.Declarations))!);
        Directory.CreateSymbolicLink(Path.GetDirectoryName(_copy.Declarations)!, Path.GetDirectoryName(Slice.Workspace.Declarations)!);
    }

    public void Dispose() => Directory.Delete(_copy.Root, recursive: true);

    [Fact]
    public void Add_NewResource_BringsItsTypesAndSaysWhichNumbersToLookUp()
    {
        var output = new StringWriter();

        AddCommand.Run(_copy, ["aws:ebs/volume:Volume"], output);

        var slice = JsonNode.Parse(File.ReadAllText(Slice.Provider("aws").Schema(_copy)))!;
        slice["resources"]!["aws:ebs/volume:Volume"]!["inputProperties"]!["kmsKeyId"]!["type"]!.GetValue<string>().Should().Be("string");
        slice["resources"]!.AsObject().Should().ContainKey("aws:eks/cluster:Cluster");
        output.ToString().Should().Contain("aws:ebs/volume:Volume#throughput");
        CheckCommand.Run(_copy, TextWriter.Null).Should().Be(0);
    }

    [Fact]
    public void Add_TokenThatIsThere_ChangesNothing()
    {
        AddCommand.Run(_copy, ["kubernetes:core/v1:Namespace", "aws-native:xray:Group", "aws:index/getRegion:getRegion"], TextWriter.Null);

        foreach (var provider in Provider.All)
        {
            File.ReadAllText(provider.Schema(_copy)).Should().Be(File.ReadAllText(provider.Schema(Slice.Workspace)));
            File.ReadAllText(provider.Recorded(_copy)).Should().Be(File.ReadAllText(provider.Recorded(Slice.Workspace)));
        }
    }

    [Fact]
    public void Add_ResourceOfAnotherProvider_IsRefused()
    {
        var add = () => AddCommand.Run(_copy, ["gcp:storage/bucket:Bucket"], TextWriter.Null);

        add.Should().Throw<SchemaException>().WithMessage("*gcp:storage/bucket:Bucket*aws*kubernetes*");
    }

    [Fact]
    public void Add_ModuleWithoutRecordedNamespace_IsRefusedAndChangesNothing()
    {
        var add = () => AddCommand.Run(_copy, ["aws:guardduty/detector:Detector"], TextWriter.Null);

        add.Should().Throw<SchemaException>().WithMessage("*guardduty*\"namespaces\"*recorded.json*");
        File.ReadAllText(Slice.Provider("aws").Schema(_copy)).Should().Be(Slice.Text("aws"));
        Directory.GetFiles(Path.GetDirectoryName(Slice.Provider("aws").Schema(_copy))!).Should().HaveCount(2);
    }

    [Fact]
    public void Add_ToPrunedType_KeepsItsProperties()
    {
        var path = Slice.Provider("aws").Schema(_copy);
        var slice = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        var type = slice["types"]!["aws:eks/NodeGroupTaint:NodeGroupTaint"]!.AsObject();
        type["properties"]!.AsObject().Remove("value").Should().BeTrue();
        type["x-pruned"] = true;
        File.WriteAllText(path, SliceFormat.Write(slice));

        AddCommand.Run(_copy, ["aws:eks/addon:Addon"], TextWriter.Null);

        File.ReadAllText(path).Should().Be(SliceFormat.Write(slice));
        SchemaDifferences.Between(slice, Slice.Declared("aws")).Should().BeEmpty();
    }
}
