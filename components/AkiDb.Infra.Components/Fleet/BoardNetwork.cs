namespace AkiDb.Infra.Components.Fleet;

/// <summary>How the router in the cloud and the boards at a site reach each other.</summary>
public enum BoardNetwork
{
    /// <summary>They do not. The boards serve their own site and are managed over the internet, outwards only. Costs nothing.</summary>
    None,

    /// <summary>An IPsec connection of two tunnels from the home region's network to the site: the router sends requests to the
    /// boards. Billed by the hour whether used or not, and the answers as data out of AWS.</summary>
    SiteToSiteVpn,
}
