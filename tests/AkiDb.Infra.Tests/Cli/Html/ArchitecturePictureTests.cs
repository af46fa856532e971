using AkiDb.Infra.Cli.Reports.Picture;

namespace AkiDb.Infra.Tests.Cli.Html;

public sealed class ArchitecturePictureTests
{
    [Theory]
    [InlineData("prod")]
    [InlineData("dev")]
    [InlineData("grown")]
    [InlineData("hostile")]
    public async Task Picture_AnyPlan_AccountsForEveryResourceOnce(string name)
    {
        var plan = await PreviewPageTests.PlanAsync(name);

        var frames = new ArchitecturePicture(plan).Frames;

        frames.Sum(frame => frame.AllNodes.Count() + frame.Counts.Sum(count => count.Count)).Should().Be(plan.Resources.Count(resource => resource.IsCustom));
        frames.SelectMany(frame => frame.AllNodes).Select(node => node.Id).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Picture_Prod_HasThreeRegionsWithNetworkClusterAndStorage()
    {
        var frames = new ArchitecturePicture(await PreviewPageTests.PlanAsync("prod")).Frames;

        frames.Select(frame => frame.Title).Should().Equal("Edge", "us-east-1", "ap-northeast-1", "eu-central-1", "Other regions");
        frames.Where(frame => frame.Kind == PictureFrameKind.Region).Should().HaveCount(3).And.OnlyContain(frame => frame.Nodes.Any(node => node.Resource.Type == PictureCatalog.Vpc
            && node.Children.Any(child => child.Resource.Type == PictureCatalog.Cluster)
            && node.Children.Count(child => child.Group == PictureGroup.PublicSubnets) == 3));
    }

    [Fact]
    public async Task Flows_OfProd_AreTheModelsReplicationAndTheEdgesWayIntoEachRegion()
    {
        var flows = new ArchitecturePicture(await PreviewPageTests.PlanAsync("prod")).Flows.Select(flow => $"{flow.From.Label} {flow.What} {flow.To.Label}").ToList();

        flows.Where(flow => flow.Contains("replication")).Should()
            .BeEquivalentTo("models-us-east-1 replication models-ap-northeast-1", "models-us-east-1 replication models-eu-central-1");
        flows.Where(flow => flow == "api.akidb.example.com  akidb-prod-embed").Should().HaveCount(3, "each region has a warm tier");
        flows.Where(flow => flow == "nearest.origin.akidb.example.com  akidb-prod-edge").Should().HaveCount(3, "each region has a load balancer");
    }

    [Fact]
    public void Picture_KubernetesObjects_StandInTheClusterOfTheirProvider()
    {
        foreach (var frame in Grown().Frames.Where(frame => frame.Kind == PictureFrameKind.Region))
        {
            var cluster = frame.AllNodes.Single(node => node.Resource.Type == PictureCatalog.Cluster);
            cluster.Children.Select(child => child.Label).Should()
                .BeEquivalentTo("baseline", "spot", "karpenter", "akidb-rest", "akidb-router", "traffic-predictor", "akidb-writer");
            cluster.Resource.Region.Should().Be(frame.Title);
        }
    }

    [Fact]
    public void Picture_EdgeParts_StandAtTheEdgeWhateverTheirRegion() =>
        Grown().Frames.Single(frame => frame.Kind == PictureFrameKind.Edge).AllNodes.Select(node => node.Resource.Name)
            .Should().BeEquivalentTo("guard", "firewall", "certificate", "distribution", "record");

    [Fact]
    public void Flows_FromTheEdge_GoToTheOriginsInTheRegions() =>
        Grown().Flows.Select(flow => (flow.From.Resource.Name, flow.To.Resource.Name))
            .Should().BeEquivalentTo([("distribution", "us-east-1-warm"), ("distribution", "eu-central-1-warm")]);

    [Fact]
    public void Picture_TypeWithoutAPicture_IsCountedAtItsComponent() =>
        Grown().Frames.Single(frame => frame.Title == "eu-central-1").Counts.Should().ContainSingle()
            .Which.Should().Match<PictureCount>(count => count.Label == "Cell" && count.Count == 3);

    [Theory]
    [InlineData("spot", "Node pool · spot · ≤ 400 CPU")]
    [InlineData("baseline", "Node group · on-demand · 3–10 nodes · m7g.large")]
    [InlineData("akidb-rest", "Deployment · ×6")]
    public void Detail_OfACard_SaysItsFigures(string label, string detail) =>
        Grown().Frames.SelectMany(frame => frame.AllNodes).First(node => node.Label == label).Detail.Should().Be(detail);

    private static ArchitecturePicture Grown() => new(SamplePlans.Grown());
}
