using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using AkiDb.SdkTool.Schema;
using AkiDb.SdkTool.Slices;
using FluentAssertions;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Providers;

/// <summary>What every committed slice keeps to, whatever it holds.</summary>
public sealed class SliceTests
{
    private static readonly string[] Vocabulary =
    [
        "$ref", "additionalProperties", "aliases", "const", "default", "deprecationMessage", "enum", "inputProperties", "inputs", "items", "language",
        "name", "oneOf", "outputs", "properties", "required", "requiredInputs", "requiredOutputs", "csharp", "nodejs", "secret", "type", "value", "x-pruned",
    ];

    public static TheoryData<string> Packages { get; } = new("aws", "aws-native", "kubernetes");

    [Theory]
    [MemberData(nameof(Packages))]
    public void Slice_Text_IsInTheOneFormat(string package)
    {
        Slice.Text(package).Should().Be(SliceFormat.Write(Slice.Read(package)));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Slice_Keys_AreOfThePackageSchemaAndCarryNoProse(string package)
    {
        var slice = Slice.Read(package);

        foreach (var section in new[] { "resources", "types", "functions" })
            foreach (var (_, entry) in slice[section]!.AsObject())
                Keys(entry!).Except(Vocabulary).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Slice_Numbers_AreRecordedWithTheirSource(string package)
    {
        var recorded = Recorded.Load(Slice.Provider(package).Recorded(Slice.Workspace));

        var check = () => NumberCheck.Run(SchemaReader.Read(Slice.Provider(package).Schema(Slice.Workspace)), recorded);

        check.Should().NotThrow();
        recorded.NumberSources().Should().OnlyContain(number => number.Source.Length > 0);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Recorded_Entries_BelongToSomethingInTheSlice(string package)
    {
        var slice = Slice.Read(package);
        var recorded = JsonNode.Parse(File.ReadAllText(Slice.Provider(package).Recorded(Slice.Workspace)))!;
        var tokens = new[] { "resources", "types", "functions" }.SelectMany(section => slice[section]!.AsObject().Select(e => e.Key))
            .Append($"pulumi:providers:{package}").ToHashSet(StringComparer.Ordinal);

        foreach (var section in new[] { "names", "numbers", "types" })
            recorded[section]!.AsObject().Select(e => e.Key.Split('#')[0]).Except(tokens).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Slice_Version_IsTheOneThatTheBuildReferencesAndNpmPins(string package)
    {
        var version = Slice.Read(package)["version"]!.GetValue<string>();
        var npm = JsonNode.Parse(File.ReadAllText(Path.Combine(Slice.Workspace.Root, "eng", "package.json")))!["devDependencies"]!;
        var props = XDocument.Load(Path.Combine(Slice.Workspace.Root, "eng", "build", "Pulumi.props"));
        var name = Slice.Provider(package).Folder;

        npm[$"@pulumi/{package}"]!.GetValue<string>().Should().Be(version);
        props.Descendants($"Pulumi{name}Version").Single().Value.Should().Be(version);
    }

    // Keys of the format itself: below "properties" and the like the keys are names, and a default may be any text.
    private static IEnumerable<string> Keys(JsonNode node) => node switch
    {
        JsonArray array => array.SelectMany(item => Keys(item!)),
        JsonObject json => json.SelectMany(e => e.Key is "properties" or "inputProperties"
            ? e.Value!.AsObject().SelectMany(property => Keys(property.Value!)).Prepend(e.Key)
            : e.Value!.GetValueKind() is JsonValueKind.Object or JsonValueKind.Array ? Keys(e.Value).Prepend(e.Key) : [e.Key]),
        _ => [],
    };
}
