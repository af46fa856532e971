using AkiDb.SdkTool.Generation;
using AkiDb.SdkTool.Schema;
using AkiDb.SdkTool.Slices;
using FluentAssertions;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Providers;

/// <summary>What the generator makes of small schemas, and what it refuses.</summary>
public sealed class GeneratorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("slice").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Generate_SameSchema_GivesSameText()
    {
        var schema = Slice.Provider("aws").Schema(Slice.Workspace);

        PackageGenerator.Generate(SchemaReader.Read(schema)).Should().Equal(PackageGenerator.Generate(SchemaReader.Read(schema)));
    }

    [Fact]
    public void Generate_PropertyNamedAsItsClass_IsRefusedUntilItsNameIsRecorded()
    {
        var refused = () => Generate("""{"properties": {"bucket": {"type": "string"}}}""");

        refused.Should().Throw<SchemaException>().WithMessage("*aws:s3/bucket:Bucket*'bucket'*'Bucket'*\"names\"*");
        Generate("""{"properties": {"bucket": {"type": "string", "language": {"csharp": {"name": "BucketName"}}}}}""")
            .Should().Contain("[Output(\"bucket\")]").And.Contain("Output<string?> BucketName");
    }

    [Fact]
    public void Generate_NameThatCSharpCannotHave_IsRefused()
    {
        var refused = () => Generate("""{"inputProperties": {"$ref-": {"type": "string"}}}""");

        refused.Should().Throw<SchemaException>().WithMessage("*aws:s3/bucket:Bucket*'$ref-'*");
    }

    [Fact]
    public void Read_ReferenceToMissingType_NamesTypeAndProperty()
    {
        var refused = () => Generate("""{"inputProperties": {"rule": {"$ref": "#/types/aws:s3/Rule:Rule"}}}""");

        refused.Should().Throw<SchemaException>().WithMessage("*aws:s3/bucket:Bucket*'rule'*'aws:s3/Rule:Rule'*sdk add*");
    }

    [Fact]
    public void Read_UnknownKindOfReference_IsRefused()
    {
        var refused = () => Generate("""{"inputProperties": {"rule": {"$ref": "/random/v4/schema.json#/types/x"}}}""");

        refused.Should().Throw<SchemaException>().WithMessage("*'rule'*/random/v4*");
    }

    [Fact]
    public void Read_UnknownType_NamesWhatWouldBeRight()
    {
        var refused = () => Generate("""{"inputProperties": {"size": {"type": "int"}}}""");

        refused.Should().Throw<SchemaException>().WithMessage("*'size'*'int'*integer*");
    }

    [Fact]
    public void Read_RequiredPropertyThatDoesNotExist_IsRefused()
    {
        var refused = () => Generate("""{"inputProperties": {}, "requiredInputs": ["bucket"]}""");

        refused.Should().Throw<SchemaException>().WithMessage("*'bucket'*requiredInputs*");
    }

    [Fact]
    public void Generate_ModuleWithoutNamespace_IsRefused()
    {
        var refused = () => Generate("{}", token: "aws:sns/topic:Topic");

        refused.Should().Throw<SchemaException>().WithMessage("*aws:sns/topic:Topic*'sns'*\"namespaces\"*");
    }

    [Fact]
    public void NumberCheck_NumberThatNobodyLookedUp_IsRefused()
    {
        var schema = SchemaReader.Read(Schema("""{"inputProperties": {"size": {"type": "integer"}}}""", "aws:s3/bucket:Bucket"));
        var recorded = Path.Combine(_folder, "recorded.json");

        File.WriteAllText(recorded, """{"numbers": {}}""");
        var refused = () => NumberCheck.Run(schema, Recorded.Load(recorded));
        refused.Should().Throw<SchemaException>().WithMessage("*aws:s3/bucket:Bucket*'size'*missing*");

        File.WriteAllText(recorded, """{"numbers": {"aws:s3/bucket:Bucket#size": {"type": "number", "source": "x"}}}""");
        refused.Should().Throw<SchemaException>().WithMessage("*'size' is integer*number*");

        File.WriteAllText(recorded, """{"numbers": {"aws:s3/bucket:Bucket#size": {"type": "integer", "source": "x"}}}""");
        refused.Should().NotThrow();
    }

    private string Generate(string resource, string token = "aws:s3/bucket:Bucket") =>
        string.Concat(PackageGenerator.Generate(SchemaReader.Read(Schema(resource, token))).Values);

    private string Schema(string resource, string token)
    {
        var path = Path.Combine(_folder, "schema.json");
        File.WriteAllText(path, $$"""
            {"name": "aws", "version": "1.0.0", "provider": {}, "resources": {"{{token}}": {{resource}}},
             "language": {"csharp": {"rootNamespace": "Pulumi.Aws", "compatibility": "tfbridge20", "namespaces": {"s3": "S3"} } } }
            """);
        return path;
    }
}
