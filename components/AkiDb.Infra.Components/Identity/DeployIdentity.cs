using System.Collections.Immutable;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Identity;

/// <summary>Settings of a <see cref="DeployIdentity"/>.</summary>
public sealed class DeployIdentityArgs : ResourceArgs
{
    /// <summary>GitHub repository, <c>owner/name</c>.</summary>
    public required string Repository { get; init; }

    /// <summary>GitHub environments that may deploy; each has its own approvals.</summary>
    public required ImmutableArray<string> Environments { get; init; }

    /// <summary>ARN of the image repositories that jobs push to, ends in <c>/*</c> for all of a prefix.</summary>
    public required string ImageRepositoriesArn { get; init; }

    /// <summary>ARN of the state bucket.</summary>
    [Input("stateBucketArn", required: true)]
    public required Input<string> StateBucketArn { get; init; }

    /// <summary>ARN of the key of state and secrets.</summary>
    [Input("stateKeyArn", required: true)]
    public required Input<string> StateKeyArn { get; init; }
}

/// <summary>
/// How GitHub Actions gets into the account without a stored key: an OIDC provider, a role that a job of a named GitHub
/// environment may take to deploy, and one that a job of the main branch may take before anybody has approved: it reads, and pushes
/// images, which run nowhere until their digest is deployed.
/// </summary>
public sealed class DeployIdentity : ComponentResource
{
    private const string Issuer = "token.actions.githubusercontent.com";

    private readonly DeployIdentityArgs _args;
    private readonly Aws.Iam.OpenIdConnectProvider _provider;

    /// <summary>Declares provider and roles.</summary>
    /// <exception cref="ArgumentException">A repository that is not owner/name, or no environment.</exception>
    public DeployIdentity(string name, DeployIdentityArgs args, ComponentResourceOptions? options = null)
        : base("akidb:identity:DeployIdentity", name, args, options)
    {
        _args = args;
        var component = $"DeployIdentity '{name}'";
        ComponentArgument.Require(args.Repository.Split('/') is [{ Length: > 0 }, { Length: > 0 }] && !args.Repository.Contains('*', StringComparison.Ordinal),
            component, nameof(args.Repository), args.Repository, "one GitHub repository as owner/name, without wildcards");
        ComponentArgument.Require(!args.Environments.IsEmpty, component, nameof(args.Environments), "", "at least one GitHub environment, e.g. prod");

        _provider = new Aws.Iam.OpenIdConnectProvider($"{name}-github", new Aws.Iam.OpenIdConnectProviderArgs
        {
            Url = $"https://{Issuer}",
            ClientIdLists = { "sts.amazonaws.com" },
        }, new CustomResourceOptions { Parent = this });
        var subjects = args.Environments.Select(environment => $"repo:{args.Repository}:environment:{environment}").ToArray();
        DeployRoleArn = CreateRole($"{name}-deploy", "akidb-deploy", subjects,
            ["arn:aws:iam::aws:policy/PowerUserAccess"], [.. ManageRoles(), .. ReadState(), .. WriteState()]);
        PreviewRoleArn = CreateRole($"{name}-preview", "akidb-preview", [$"repo:{args.Repository}:ref:refs/heads/main"],
            ["arn:aws:iam::aws:policy/ReadOnlyAccess"], [.. ReadState(), PushImages()]);
        RegisterOutputs(new Dictionary<string, object?> { ["deployRoleArn"] = DeployRoleArn, ["previewRoleArn"] = PreviewRoleArn });
    }

    /// <summary>Role of the job that deploys, once approved.</summary>
    public Output<string> DeployRoleArn { get; }

    /// <summary>Role of the job that publishes images and previews.</summary>
    public Output<string> PreviewRoleArn { get; }

    private Output<string> CreateRole(
        string name, string roleName, string[] subjects, ImmutableArray<string> managedPolicies, ImmutableArray<PolicyStatement> statements)
    {
        var child = new CustomResourceOptions { Parent = this };
        var role = new Aws.Iam.Role(name, new Aws.Iam.RoleArgs
        {
            Name = roleName,
            // An hour fits a whole deployment of three clusters; a token that leaks is dead soon.
            MaxSessionDuration = 3600,
            AssumeRolePolicy = PolicyDocument.Json(new PolicyStatement
            {
                Sid = "TrustGitHubJob",
                Actions = ["sts:AssumeRoleWithWebIdentity"],
                Principals = [PolicyPrincipal.Federated(_provider.Arn)],
                Conditions =
                [
                    new PolicyCondition("StringEquals", $"{Issuer}:aud", "sts.amazonaws.com"),
                    new PolicyCondition("StringEquals", $"{Issuer}:sub", subjects),
                ],
            }),
        }, child);
        foreach (var arn in managedPolicies)
        {
            _ = new Aws.Iam.RolePolicyAttachment($"{name}-{arn[(arn.LastIndexOf('/') + 1)..]}", new Aws.Iam.RolePolicyAttachmentArgs
            {
                Role = role.Name,
                PolicyArn = arn,
            }, child);
        }

        _ = new Aws.Iam.RolePolicy($"{name}-own", new Aws.Iam.RolePolicyArgs { Role = role.Name, Policy = PolicyDocument.Json([.. statements]) }, child);
        return role.Arn;
    }

    // What PowerUserAccess leaves out and the stacks need: roles and policies of workloads, never users, keys or providers.
    private static ImmutableArray<PolicyStatement> ManageRoles() =>
    [
        new PolicyStatement
        {
            Sid = "ManageRolesAndPolicies",
            Actions =
            [
                "iam:AttachRolePolicy", "iam:CreatePolicy", "iam:CreatePolicyVersion", "iam:CreateRole", "iam:DeletePolicy",
                "iam:DeletePolicyVersion", "iam:DeleteRole", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:GetPolicy",
                "iam:GetPolicyVersion", "iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole",
                "iam:ListPolicyVersions", "iam:ListRolePolicies", "iam:PassRole", "iam:PutRolePolicy", "iam:TagPolicy", "iam:TagRole",
                "iam:UpdateAssumeRolePolicy", "iam:UpdateRole",
            ],
            Resources = { "arn:aws:iam::*:role/*", "arn:aws:iam::*:policy/*" },
        },
    ];

    private ImmutableArray<PolicyStatement> ReadState() =>
    [
        new PolicyStatement
        {
            Sid = "ReadState",
            Actions = ["s3:GetObject", "s3:ListBucket"],
            Resources = { _args.StateBucketArn, _args.StateBucketArn.Apply(arn => $"{arn}/*") },
        },
        new PolicyStatement { Sid = "DecryptState", Actions = ["kms:Decrypt"], Resources = { _args.StateKeyArn } },
    ];

    // To log in and to ask for layers is part of ReadOnlyAccess.
    private PolicyStatement PushImages() => new()
    {
        Sid = "PushImages",
        Actions = ["ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload", "ecr:PutImage"],
        Resources = { _args.ImageRepositoriesArn },
    };

    private ImmutableArray<PolicyStatement> WriteState() =>
    [
        new PolicyStatement
        {
            Sid = "WriteState",
            Actions = ["s3:PutObject", "s3:DeleteObject"],
            Resources = { _args.StateBucketArn.Apply(arn => $"{arn}/*") },
        },
        new PolicyStatement { Sid = "EncryptState", Actions = ["kms:Encrypt", "kms:GenerateDataKey"], Resources = { _args.StateKeyArn } },
    ];
}
