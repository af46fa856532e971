using System.Globalization;
using System.Text.RegularExpressions;
using AkiDb.Infra.Components.Identity;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Fleet;

/// <summary>
/// The Jetson boards at a site, managed by Systems Manager as hybrid nodes: who may become one and what it may do, what runs on it,
/// how a release goes out in waves and comes back, an alarm for each board that falls silent, and, if chosen, the way to it.
/// docs/jetson.md has the steps at the site.
/// </summary>
public sealed partial class JetsonFleet : ComponentResource
{
    /// <summary>Wave that gets a release first.</summary>
    public const string Canary = "canary";

    /// <summary>Wave that waits for the first.</summary>
    public const string Rest = "rest";

    // Standard hybrid nodes are free up to this many an account and region (AWS Systems Manager pricing, read 2026-11).
    private const int MostBoards = 1_000;

    private readonly string _name;
    private readonly JetsonFleetArgs _args;

    /// <summary>Declares the fleet.</summary>
    /// <exception cref="ArgumentException">No board or one twice, names that a shell could misread, or a VPN without its ends.</exception>
    public JetsonFleet(string name, JetsonFleetArgs args, ComponentResourceOptions? options = null)
        : base("akidb:fleet:JetsonFleet", name, args, options)
    {
        (_name, _args) = (name, args);
        CheckArguments();

        Enrol(CreateRole());
        if (args.Release is not null)
            BoardRelease.RollOut(name, args, args.Release, this);
        BoardAlarms.Create(name, args, this);
        if (args.Connection is not null)
            Connect(args.Connection);
        RegisterOutputs();
    }

    private void CheckArguments()
    {
        var component = $"JetsonFleet '{_name}'";
        ComponentArgument.Require(Label().IsMatch(_args.Site), component, nameof(_args.Site), _args.Site, "2 to 32 lower-case letters, digits and hyphens, a letter first");
        ComponentArgument.Require(_args.Boards.Length is > 0 and <= MostBoards && _args.Boards.Distinct().Count() == _args.Boards.Length && _args.Boards.All(Label().IsMatch),
            component, nameof(_args.Boards), string.Join(", ", _args.Boards), $"1 to {MostBoards} host names of lower-case letters, digits and hyphens, none twice");
        ComponentArgument.InRange(component, nameof(_args.CanaryBoards), _args.CanaryBoards, 1, _args.Boards.Length);
        ComponentArgument.Require(_args.Release?.IsValid != false, component, nameof(_args.Release), _args.Release, "a version and the archive's SHA-256 in 64 hexadecimal digits");
        ComponentArgument.Require(_args.MetricsUrl is null || _args.MetricsUrl.Scheme == Uri.UriSchemeHttps, component, nameof(_args.MetricsUrl), _args.MetricsUrl, "an https URL");
        ComponentArgument.Require((_args.Network == BoardNetwork.SiteToSiteVpn) == (_args.Connection is not null), component, nameof(_args.Connection),
            _args.Connection, "both ends of the connection with SiteToSiteVpn, nothing with None");
    }

    private Aws.Iam.Role CreateRole()
    {
        var role = new Aws.Iam.Role($"{_name}-role", new Aws.Iam.RoleArgs
        {
            AssumeRolePolicy = TrustPolicy.ForService("ssm.amazonaws.com",
                new PolicyCondition("StringEquals", "aws:SourceAccount", _args.AccountId),
                new PolicyCondition("ArnLike", "aws:SourceArn", $"arn:aws:ssm:{_args.Region}:{_args.AccountId}:*")),
        }, Child());
        _ = new Aws.Iam.RolePolicyAttachment($"{_name}-managed", new Aws.Iam.RolePolicyAttachmentArgs
        {
            Role = role.Name,
            PolicyArn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
        }, Child());
        var bucketArn = _args.ModelBucket.Apply(bucket => $"arn:aws:s3:::{bucket}");
        _ = new Aws.Iam.RolePolicy($"{_name}-access", new Aws.Iam.RolePolicyArgs
        {
            Role = role.Name,
            Policy = PolicyDocument.Json(
            [
                new PolicyStatement { Sid = "ReadReleasesAndModels", Actions = ["s3:GetObject"], Resources = { Output.Format($"{bucketArn}/jetson/*"), Output.Format($"{bucketArn}/models/*") } },
                new PolicyStatement { Sid = "Decrypt", Actions = ["kms:Decrypt"], Resources = { _args.ModelKeyArn } },
                new PolicyStatement
                {
                    Sid = "Heartbeat",
                    Actions = ["cloudwatch:PutMetricData"],
                    Resources = { "*" },
                    Conditions = [new PolicyCondition("StringEquals", "cloudwatch:namespace", BoardAlarms.Namespace)],
                },
                .. RemoteWrite(),
            ]),
        }, Child());
        return role;
    }

    // A receiver of Amazon Managed Prometheus takes the role's signature; any other has its own door.
    private IEnumerable<PolicyStatement> RemoteWrite()
    {
        if (_args.MetricsUrl is { } url && ManagedWorkspace().Match(url.AbsoluteUri) is { Success: true } workspace)
        {
            yield return new PolicyStatement
            {
                Sid = "SendMetrics",
                Actions = ["aps:RemoteWrite"],
                Resources = { $"arn:aws:aps:{workspace.Groups["region"].Value}:{_args.AccountId}:workspace/{workspace.Groups["id"].Value}" },
            };
        }
    }

    // The code of an activation lets its holder become a node: there is one only while boards are being enrolled.
    private void Enrol(Aws.Iam.Role role)
    {
        if (_args.EnrolUntil is not { } until)
            return;
        foreach (var (wave, count) in new[] { (Canary, _args.CanaryBoards), (Rest, _args.Boards.Length - _args.CanaryBoards) }.Where(wave => wave.Item2 > 0))
        {
            _ = new Aws.Ssm.Activation($"{_name}-{wave}", new Aws.Ssm.ActivationArgs
            {
                Name = $"{_args.FleetName}-{wave}",
                Description = $"Boards at {_args.Site}, wave {wave}",
                IamRole = role.Name,
                RegistrationLimit = count,
                ExpirationDate = until.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
                Tags = { ["Fleet"] = _args.FleetName, ["Site"] = _args.Site, ["Wave"] = wave },
            }, Child());
        }
    }

    private void Connect(SiteConnection connection)
    {
        var site = new Aws.Ec2.CustomerGateway($"{_name}-site", new Aws.Ec2.CustomerGatewayArgs
        {
            Type = "ipsec.1",
            BgpAsn = "65000",
            IpAddress = connection.GatewayAddress,
            DeviceName = $"{_args.NamePrefix}-{_args.Site}",
        }, Child());
        var gateway = new Aws.Ec2.VpnGateway($"{_name}-gateway", new Aws.Ec2.VpnGatewayArgs { VpcId = connection.VpcId, Tags = { ["Name"] = _args.FleetName } }, Child());
        // AWS draws the tunnels' shared keys; they stand in the state as secrets, and in the configuration that the site downloads.
        var vpn = new Aws.Ec2.VpnConnection($"{_name}-vpn", new Aws.Ec2.VpnConnectionArgs
        {
            CustomerGatewayId = site.Id,
            VpnGatewayId = gateway.Id,
            Type = "ipsec.1",
            StaticRoutesOnly = true,
            Tunnel1IkeVersions = { "ikev2" },
            Tunnel2IkeVersions = { "ikev2" },
            Tags = { ["Name"] = _args.FleetName },
        }, Child());
        _ = new Aws.Ec2.VpnConnectionRoute($"{_name}-boards", new Aws.Ec2.VpnConnectionRouteArgs
        {
            VpnConnectionId = vpn.Id,
            DestinationCidrBlock = connection.SiteBlock.ToString(),
        }, Child());
        for (var index = 0; index < connection.RouteTableIds.Length; index++)
        {
            _ = new Aws.Ec2.VpnGatewayRoutePropagation($"{_name}-route-{index + 1}", new Aws.Ec2.VpnGatewayRoutePropagationArgs
            {
                VpnGatewayId = gateway.Id,
                RouteTableId = connection.RouteTableIds[index],
            }, Child());
        }
    }

    private CustomResourceOptions Child() => new() { Parent = this };

    [GeneratedRegex("^[a-z][a-z0-9-]{1,31}$")]
    private static partial Regex Label();

    [GeneratedRegex(@"^https://aps-workspaces\.(?<region>[a-z0-9-]+)\.amazonaws\.com/workspaces/(?<id>ws-[0-9a-z-]+)/")]
    private static partial Regex ManagedWorkspace();
}
