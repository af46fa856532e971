using System.Reflection;
using FluentAssertions;
using Pulumi;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Providers;

/// <summary>
/// The classes that the build uses have the members that were looked up in the published C# sources, with the same types and nullability:
/// <c>published-members.txt</c>. In published mode the same lines hold for the real packages.
/// </summary>
public sealed class PublishedMemberTests
{
    private static readonly Assembly[] Assemblies =
        [typeof(Pulumi.Aws.Provider).Assembly, typeof(Pulumi.AwsNative.Provider).Assembly, typeof(Pulumi.Kubernetes.Provider).Assembly];

    [Fact]
    public void Member_LookedUpInPublishedSources_HasTheSameType()
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Providers", "published-members.txt"))
            .Where(line => line.Length > 0 && line[0] != '#').ToList();

        var wrong = lines.Select(Wrong).OfType<string>().ToList();

        wrong.Should().BeEmpty();
        lines.Should().HaveCountGreaterThan(200);
    }

    [Theory]
    [InlineData(typeof(Pulumi.Aws.Eks.Cluster), "aws:eks/cluster:Cluster", "7.48.0")]
    [InlineData(typeof(Pulumi.Aws.Provider), "pulumi:providers:aws", "7.48.0")]
    [InlineData(typeof(Pulumi.Kubernetes.Core.V1.Namespace), "kubernetes:core/v1:Namespace", "4.34.2")]
    [InlineData(typeof(Pulumi.AwsNative.XRay.Group), "aws-native:xray:Group", "1.79.0")]
    public void Resource_TypeAttribute_CarriesTokenAndVersion(Type resource, string token, string version)
    {
        var attribute = resource.GetCustomAttribute<ResourceTypeAttribute>()!;

        attribute.Type.Should().Be(token);
        attribute.Version.Should().Be(version);
    }

    [Theory]
    [InlineData(typeof(Pulumi.Aws.Eks.ClusterArgs), true)]
    [InlineData(typeof(Pulumi.Aws.Eks.Inputs.ClusterVpcConfigArgs), true)]
    [InlineData(typeof(Pulumi.Aws.Eks.Outputs.ClusterVpcConfig), true)]
    [InlineData(typeof(Pulumi.Kubernetes.ProviderArgs), true)]
    [InlineData(typeof(Pulumi.Kubernetes.Types.Inputs.Core.V1.NamespaceArgs), false)]
    [InlineData(typeof(Pulumi.Kubernetes.Types.Inputs.Core.V1.ContainerArgs), false)]
    [InlineData(typeof(Pulumi.Kubernetes.ApiExtensions.CustomResource), false)]
    public void Class_IsSealed_WherePublishedIs(Type type, bool isSealed)
    {
        type.IsSealed.Should().Be(isSealed);
    }

    [Fact]
    public void CustomResourceArgs_OfTheProgram_MayBeDerived()
    {
        typeof(Pulumi.Kubernetes.ApiExtensions.CustomResourceArgs).IsAbstract.Should().BeTrue();
    }

    private static string? Wrong(string line)
    {
        var (owner, rest) = Split(line, ' ');
        var (member, expected) = Split(rest, ' ');
        var type = Assemblies.Select(a => a.GetType(owner)).FirstOrDefault(t => t is not null);
        if (type is null)
            return $"{owner}: no such class";
        var actual = MemberText.Of(type, member);
        return actual == expected ? null : $"{owner}.{member}: {actual ?? "missing"}, published {expected}";
    }

    private static (string Head, string Tail) Split(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return (text[..at], text[(at + 1)..]);
    }
}
