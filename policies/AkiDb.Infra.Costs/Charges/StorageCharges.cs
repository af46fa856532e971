using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Costs.Charges;

/// <summary>Buckets, images, keys and secrets.</summary>
internal static class StorageCharges
{
    public static void Register(ChargeCatalogue catalogue)
    {
        catalogue.Add("aws:s3/bucket:Bucket", Bucket);
        catalogue.Add("aws:s3/bucketV2:BucketV2", Bucket);
        catalogue.Add("aws:s3/bucketReplicationConfig:BucketReplicationConfig", Replication);
        catalogue.Add("aws:ecr/repository:Repository", Repository);
        catalogue.Add("aws:kms/key:Key", (_, context) => Key(context));
        catalogue.Add("aws:kms/replicaKey:ReplicaKey", (_, context) => Key(context));
        catalogue.Add("aws:secretsmanager/secret:Secret", Secret);
    }

    private static IEnumerable<Charge> Key(ChargeContext context) =>
    [
        new Charge("Customer key", "kms.key", 1),
        Charge.ByUsage("Requests", "kms.request", context.Usage.Number("keys.requests"), "keys.requests"),
    ];

    private static IEnumerable<Charge> Secret(PlannedResource secret, ChargeContext context) =>
    [
        // A copy in another region is billed as a secret of its own.
        new Charge("Secret and its copies", "secrets.secret", 1 + secret.Items("replicas").Length),
        Charge.ByUsage("Requests", "secrets.request", context.Usage.Number("secrets.requests"), "secrets.requests"),
    ];

    private static IEnumerable<Charge> Repository(PlannedResource repository, ChargeContext context) =>
    [
        Charge.ByUsage("Image storage", "ecr.storage",
            context.Usage.Number("images.gb") / context.CountBeside(repository, "aws:ecr/repository:Repository"), "images.gb"),
    ];

    private static IEnumerable<Charge> Bucket(PlannedResource bucket, ChargeContext context)
    {
        var usage = context.Usage;
        if (!bucket.Name.StartsWith("models", StringComparison.Ordinal))
        {
            var key = $"storage.{bucket.Name}.gb";
            return [Charge.ByUsage("Standard storage", "s3.standard.gb", usage.Number(key), key)];
        }

        var stored = usage.Number("storage.models.gb");
        var cold = stored * usage.Number("storage.models.coldPercent") / 100;
        return
        [
            Charge.ByUsage("Standard storage", "s3.standard.gb", stored - (cold ?? 0), "storage.models.gb"),
            Charge.ByUsage("Glacier Instant Retrieval storage", "s3.glacierInstant.gb", cold, "storage.models.coldPercent"),
            Charge.ByUsage("Writes and lists", "s3.put", usage.Number("storage.models.puts"), "storage.models.puts"),
            Charge.ByUsage("Reads", "s3.get", usage.Number("storage.models.gets"), "storage.models.gets"),
        ];
    }

    // The source region pays for the bytes that leave it, once a destination.
    private static IEnumerable<Charge> Replication(PlannedResource replication, ChargeContext context) =>
    [
        Charge.ByUsage("Copies to the replica regions", "transfer.interRegion",
            context.Usage.Number("storage.models.replicatedGb") * replication.Items("rules").Length, "storage.models.replicatedGb"),
    ];
}
