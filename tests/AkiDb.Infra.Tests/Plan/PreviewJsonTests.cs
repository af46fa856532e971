using System.Text;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Json;
using AkiDb.Infra.Plan.Values;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Plan;

/// <summary>The shape is that of Pulumi 3.259's <c>preview --json --show-sames</c>.</summary>
public sealed class PreviewJsonTests
{
    private const string Preview = """
        {
          "config": { "akidb:accountId": "111122223333" },
          "steps": [
            { "op": "same", "urn": "urn:pulumi:prod::akidb::pulumi:pulumi:Stack::akidb-prod",
              "newState": { "urn": "urn:pulumi:prod::akidb::pulumi:pulumi:Stack::akidb-prod", "custom": false, "type": "pulumi:pulumi:Stack",
                            "inputs": {}, "outputs": { "clusters": { "us-east-1": "akidb-prod-us-east-1" } } } },
            { "op": "same", "urn": "urn:pulumi:prod::akidb::pulumi:providers:aws::us-east-1",
              "newState": { "urn": "urn:pulumi:prod::akidb::pulumi:providers:aws::us-east-1", "custom": true, "id": "7f1", "type": "pulumi:providers:aws",
                            "parent": "urn:pulumi:prod::akidb::pulumi:pulumi:Stack::akidb-prod", "inputs": { "region": "us-east-1", "version": "7.48.0" } } },
            { "op": "create", "urn": "urn:pulumi:prod::akidb::akidb:storage:ModelStore::models",
              "newState": { "urn": "urn:pulumi:prod::akidb::akidb:storage:ModelStore::models", "custom": false, "type": "akidb:storage:ModelStore",
                            "parent": "urn:pulumi:prod::akidb::pulumi:pulumi:Stack::akidb-prod", "inputs": {} } },
            { "op": "create-replacement", "urn": "urn:pulumi:prod::akidb::akidb:storage:ModelStore$aws:s3/bucket:Bucket::bucket",
              "newState": { "urn": "urn:pulumi:prod::akidb::akidb:storage:ModelStore$aws:s3/bucket:Bucket::bucket", "custom": true, "type": "aws:s3/bucket:Bucket",
                            "parent": "urn:pulumi:prod::akidb::akidb:storage:ModelStore::models", "protect": true,
                            "provider": "urn:pulumi:prod::akidb::pulumi:providers:aws::us-east-1::7f1",
                            "dependencies": ["urn:pulumi:prod::akidb::akidb:storage:ModelStore::models", "urn:pulumi:prod::akidb::a:b:C::key"],
                            "inputs": { "__defaults": [], "bucket": "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
                                        "tags": { "password": { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "hunter2" },
                                                  "owner": "platform" },
                                        "code": { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", "text": "x" } } } },
            { "op": "replace", "urn": "urn:pulumi:prod::akidb::akidb:storage:ModelStore$aws:s3/bucket:Bucket::bucket",
              "newState": { "urn": "urn:pulumi:prod::akidb::akidb:storage:ModelStore$aws:s3/bucket:Bucket::bucket", "custom": true, "type": "aws:s3/bucket:Bucket",
                            "inputs": {} } },
            { "op": "delete", "urn": "urn:pulumi:prod::akidb::aws:sqs/queue:Queue::old",
              "oldState": { "urn": "urn:pulumi:prod::akidb::aws:sqs/queue:Queue::old", "custom": true, "type": "aws:sqs/queue:Queue" } }
          ],
          "changeSummary": { "create": 1, "same": 2, "replace": 1, "delete": 1 }
        }
        """;

    private static readonly StackPlan Plan = PlanJson.Read(Encoding.UTF8.GetBytes(Preview), "preview.json");

    private static PlannedResource Bucket => Plan.Only("aws:s3/bucket:Bucket");

    [Fact]
    public void Read_Preview_KeepsWhatTheDeploymentLeaves() =>
        Plan.Resources.Select(resource => resource.Name).Should().BeEquivalentTo("akidb-prod", "us-east-1", "models", "bucket");

    [Fact]
    public void Read_ProviderReference_GivesItsUrnAndRegion()
    {
        Bucket.Provider.Should().Be("urn:pulumi:prod::akidb::pulumi:providers:aws::us-east-1");
        Bucket.Region.Should().Be("us-east-1");
    }

    [Fact]
    public void Read_SpecialValues_AreNotTakenForText()
    {
        Bucket.Input("bucket").Should().Be(UnknownValue.Instance);
        Bucket.Input("tags.password").Should().Be(SecretValue.Instance);
        Bucket.Input("code").Should().Be(new AssetValue("text", "x"));
        Bucket.Text("tags.owner").Should().Be("platform");
    }

    [Fact]
    public void Read_EngineKeysAndParent_AreLeftOut()
    {
        Bucket.Input("__defaults").Should().BeNull();
        Bucket.Dependencies.Should().Equal("urn:pulumi:prod::akidb::a:b:C::key");
        Bucket.Options.Protect.Should().BeTrue();
    }

    [Fact]
    public void Read_StackOutputs_AreThePlans() =>
        Plan.Outputs.At("clusters.us-east-1").Should().Be(new TextValue("akidb-prod-us-east-1"));

    [Fact]
    public void Write_PlanFromAPreview_HoldsNoSecret()
    {
        using var stream = new MemoryStream();

        PlanJson.Write(stream, Plan);

        Encoding.UTF8.GetString(stream.ToArray()).Should().NotContain("hunter2");
    }
}
