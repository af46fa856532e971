using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>Which subnets have a way in from the internet: their route table has a route to an internet gateway.</summary>
internal sealed class PublicSubnets
{
    private readonly HashSet<PlannedResource> _subnets;

    public PublicSubnets(StackPlan plan, DependencyReach reach)
    {
        var tables = plan.OfType("aws:ec2/route:Route")
            .Where(route => reach.Direct(route).Any(other => other.Type == PictureCatalog.InternetGateway))
            .SelectMany(reach.Direct)
            .Where(other => other.Type == "aws:ec2/routeTable:RouteTable")
            .ToHashSet();
        _subnets =
        [
            .. plan.OfType("aws:ec2/routeTableAssociation:RouteTableAssociation")
                .Where(association => reach.Direct(association).Any(tables.Contains))
                .SelectMany(reach.Direct)
                .Where(other => other.Type == PictureCatalog.Subnet),
        ];
    }

    public bool Contains(PlannedResource resource) => _subnets.Contains(resource);
}
