using AkiDb.Infra.Components.Fleet;
using AkiDb.Infra.Components.Storage;
using AkiDb.Infra.Components.Workloads;
using AkiDb.Infra.Stacks.Settings;
using Pulumi;

namespace AkiDb.Infra.Stacks;

/// <summary>The Jetson boards, managed from the home region.</summary>
internal static class BoardFleet
{
    /// <summary>Declares the fleet, if the environment has boards.</summary>
    public static void Create(EnvironmentSettings settings, RegionalCell home, ModelStore models, Watch watch)
    {
        if (settings.Jetson is not { } jetson)
            return;
        _ = new JetsonFleet("jetson", new JetsonFleetArgs
        {
            AccountId = settings.AccountId,
            NamePrefix = settings.NamePrefix,
            Region = home.Region,
            Site = jetson.Site,
            Boards = [.. jetson.Boards.Keys],
            CanaryBoards = jetson.CanaryBoards,
            Release = jetson.Release,
            ModelBucket = models.BucketNames[home.Region],
            ModelKeyArn = models.KeyArns[home.Region],
            TopicArn = watch.TopicOf(home.Region),
            EnrolUntil = jetson.EnrolUntil,
            MetricsUrl = jetson.MetricsUrl,
            Network = jetson.Network,
            Connection = jetson.Vpn is { } vpn
                ? new SiteConnection(vpn.GatewayAddress, vpn.Block, home.Network.VpcId, home.Network.PrivateRouteTableIds)
                : null,
        }, new ComponentResourceOptions { Provider = home.Provider });
    }

    /// <summary>The boards that the home region's router may send requests to; null where no way leads to them.</summary>
    public static ReachableBoards? Reachable(EnvironmentSettings settings) => settings.Jetson is { Vpn: { } vpn } jetson
        ? new ReachableBoards(jetson.Site, vpn.Block, [.. jetson.Boards.Values])
        : null;

    /// <summary>What was left out.</summary>
    public static IEnumerable<string> Notices(EnvironmentSettings settings) => settings.Jetson is { Release: null }
        ? ["the boards have no release (akidb:jetson.release): `pulumi up` leaves their roll-out out"]
        : [];
}
