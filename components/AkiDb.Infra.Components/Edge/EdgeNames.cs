namespace AkiDb.Infra.Components.Edge;

/// <summary>The names under an environment's domain.</summary>
/// <param name="Domain">The hosted zone, e.g. <c>akidb.example.com</c>.</param>
public sealed record EdgeNames(string Domain)
{
    /// <summary>Where everything global stands: CloudFront takes certificates, firewalls and functions from here only.</summary>
    public const string Region = "us-east-1";

    /// <summary>What clients call.</summary>
    public string Api => $"api.{Domain}";

    /// <summary>The healthy region that is nearest to the edge location which asks.</summary>
    public string Nearest => $"nearest.origin.{Domain}";

    /// <summary>A healthy region, but not the nearest: where reads go when the nearest fails.</summary>
    public string Standby => $"standby.origin.{Domain}";

    /// <summary>The certificate of the load balancers.</summary>
    public string Origins => $"*.origin.{Domain}";
}
