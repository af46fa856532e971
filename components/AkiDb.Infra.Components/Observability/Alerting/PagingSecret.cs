using System.Collections.Immutable;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Observability.Alerting;

/// <summary>Settings of <see cref="PagingSecret"/>.</summary>
public sealed class PagingSecretArgs : ResourceArgs
{
    /// <summary>First part of its name, e.g. <c>akidb-prod</c>.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>Region of the secret itself.</summary>
    public required string HomeRegion { get; init; }

    /// <summary>Regions that get a copy, so that a cluster can read its keys while the home region is away. Default: none.</summary>
    public ImmutableArray<string> CopyRegions { get; init; } = [];
}

/// <summary>
/// The integration keys of PagerDuty in Secrets Manager. The program declares where they are kept; a person puts them in once
/// (docs/alerting.md), so that no key is ever in a program, a plan or a state.
/// </summary>
/// <remarks>Encrypted with the account's own key for Secrets Manager: a customer key would cost $1 a month and region, and let nobody in
/// or out that the secret's own permissions do not.</remarks>
public sealed class PagingSecret : ComponentResource
{
    private readonly PagingSecretArgs _args;
    private readonly Aws.SecretsManager.Secret _secret;

    /// <summary>Declares the secret, without a value.</summary>
    public PagingSecret(string name, PagingSecretArgs args, ComponentResourceOptions? options = null)
        : base("akidb:observability:PagingSecret", name, args, options)
    {
        _args = args;
        SecretName = $"{args.NamePrefix}/pagerduty";
        var secret = new Aws.SecretsManager.SecretArgs
        {
            Name = SecretName,
            Description = $"Integration keys of PagerDuty's services as JSON: {string.Join(", ", PagingKeys.All)}",
            RecoveryWindowInDays = 30,
        };
        foreach (var region in args.CopyRegions.Where(region => region != args.HomeRegion).Distinct())
            secret.Replicas.Add(new Aws.SecretsManager.Inputs.SecretReplicaArgs { Region = region });
        _secret = new Aws.SecretsManager.Secret(name, secret, new CustomResourceOptions { Parent = this });
        RegisterOutputs(new Dictionary<string, object?> { ["secretName"] = SecretName });
    }

    /// <summary>The same in every region.</summary>
    public string SecretName { get; }

    /// <summary>ARN of the copy in a region: AWS gives all copies the same random suffix.</summary>
    public Output<string> ArnIn(string region) =>
        _secret.Arn.Apply(arn => arn.Replace($":{_args.HomeRegion}:", $":{region}:", StringComparison.Ordinal));
}
