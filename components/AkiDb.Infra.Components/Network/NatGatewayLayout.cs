namespace AkiDb.Infra.Components.Network;

/// <summary>How private subnets reach the internet. Each gateway costs by the hour and by the gigabyte.</summary>
public enum NatGatewayLayout
{
    /// <summary>They do not: images and AWS calls need interface endpoints, Helm charts a mirror.</summary>
    None,

    /// <summary>One gateway in the first zone: cheapest; its zone's failure cuts the others off, and other zones' traffic to it
    /// is billed across zones.</summary>
    One,

    /// <summary>One in each zone: no zone depends on another.</summary>
    PerZone,
}
