using System.Collections.Immutable;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Edge;

/// <summary>Settings of a <see cref="DnsCertificate"/>.</summary>
public sealed class DnsCertificateArgs : ResourceArgs
{
    /// <summary>The name, or a wildcard for one label.</summary>
    public required string DomainName { get; init; }

    /// <summary>Hosted zone that proves the name is ours.</summary>
    [Input("zoneId", required: true)]
    public required Input<string> ZoneId { get; init; }

    /// <summary>Regions that need the certificate; at least one, none twice.</summary>
    public required ImmutableArray<EdgeLocation> Locations { get; init; }
}

/// <summary>
/// One name's certificate in each region that serves it. ACM proves a name by the same record in every region of an account
/// (ACM user guide, "DNS validation", read 2026-11), so there is one record; it stays, because renewal asks for it again.
/// </summary>
public sealed class DnsCertificate : ComponentResource
{
    /// <summary>Declares certificates and record.</summary>
    /// <exception cref="ArgumentException">No region, or one twice.</exception>
    public DnsCertificate(string name, DnsCertificateArgs args, ComponentResourceOptions? options = null)
        : base("akidb:edge:DnsCertificate", name, args, options)
    {
        var regions = args.Locations.Select(location => location.Region).ToList();
        ComponentArgument.Require(regions.Count > 0 && regions.Distinct().Count() == regions.Count, $"DnsCertificate '{name}'",
            nameof(args.Locations), string.Join(", ", regions), "one region or more, none twice");

        var certificates = args.Locations.Select(location => new Aws.Acm.Certificate($"{name}-{location.Region}", new Aws.Acm.CertificateArgs
        {
            DomainName = args.DomainName,
            ValidationMethod = "DNS",
            // RSA 2048 is what every client and CloudFront's own connection to a load balancer take.
            KeyAlgorithm = "RSA_2048",
        }, new CustomResourceOptions { Parent = this, Provider = location.Provider })).ToImmutableArray();
        var proof = CreateProof(name, args, certificates[0]);

        ArnByRegion = args.Locations.Zip(certificates).ToImmutableSortedDictionary(pair => pair.First.Region,
            pair => Validate(name, pair.First, pair.Second, proof), StringComparer.Ordinal);
        RegisterOutputs();
    }

    /// <summary>ARN of the issued certificate by region; waits until it is issued.</summary>
    public ImmutableSortedDictionary<string, Output<string>> ArnByRegion { get; }

    private Aws.Route53.Record CreateProof(string name, DnsCertificateArgs args, Aws.Acm.Certificate certificate)
    {
        var option = certificate.DomainValidationOptions.Apply(options => options[0]);
        return new Aws.Route53.Record($"{name}-proof", new Aws.Route53.RecordArgs
        {
            ZoneId = args.ZoneId,
            Name = option.Apply(proof => proof.ResourceRecordName ?? ""),
            Type = Aws.Route53.RecordType.CNAME,
            Records = { option.Apply(proof => proof.ResourceRecordValue ?? "") },
            Ttl = 300,
        }, new CustomResourceOptions { Parent = this });
    }

    private Output<string> Validate(string name, EdgeLocation location, Aws.Acm.Certificate certificate, Aws.Route53.Record proof) =>
        new Aws.Acm.CertificateValidation($"{name}-{location.Region}-issued", new Aws.Acm.CertificateValidationArgs
        {
            CertificateArn = certificate.Arn,
            ValidationRecordFqdns = { proof.Fqdn },
        }, new CustomResourceOptions { Parent = this, Provider = location.Provider }).CertificateArn;
}
