using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Compute;

/// <summary>Disks are encrypted, wherever they are declared.</summary>
internal sealed class VolumesEncrypted() : ResourceRule(
    "aws:ec2/volume:Volume", "aws:ec2/launchTemplate:LaunchTemplate", NodeClass.Token, "kubernetes:storage.k8s.io/v1:StorageClass")
{
    public override RuleAbout About { get; } = new("ebs-encrypted", Severity.High,
        title: "EBS volumes are encrypted",
        why: "A snapshot of a plain volume can be read by any account that it is shared with, by mistake or on purpose.",
        fix: "Set encrypted to true on the volume, on every block device, and in the storage class's parameters.",
        frameworks: ["CKV_AWS_3", "EC2.3", "EC2.7"]);

    protected override IEnumerable<Finding?> Check(PlannedResource resource) => resource.Type switch
    {
        "aws:ec2/volume:Volume" => [resource.Must("encrypted", Is.True, "true")],
        "kubernetes:storage.k8s.io/v1:StorageClass" when resource.TextOr("provisioner") == "ebs.csi.aws.com" =>
            [resource.Must("parameters.encrypted", Is.True, "true")],
        "kubernetes:storage.k8s.io/v1:StorageClass" => [],
        NodeClass.Token => Devices(resource, "spec.blockDeviceMappings"),
        _ => Devices(resource, "blockDeviceMappings"),
    };

    // No device at all means the image's own root disk, which is as encrypted as its snapshot: not.
    private static IEnumerable<Finding?> Devices(PlannedResource resource, string path) =>
    [
        resource.Must(path, Is.Present, "the root device, encrypted"),
        .. resource.Items(path).Where(device => resource.Is($"{device}.ebs", Is.Absent) != Truth.Yes)
            .Select(device => resource.Must($"{device}.ebs.encrypted", Is.True, "true")),
    ];
}
