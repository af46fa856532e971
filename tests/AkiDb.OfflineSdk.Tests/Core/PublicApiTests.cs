#if PULUMI_OFFLINE
using FluentAssertions;
using Pulumi;
using Xunit;

namespace AkiDb.OfflineSdk.Tests.Core;

public sealed class PublicApiTests
{
    private static readonly string[] Published = Lines("published-api.txt");

    private static readonly string[][] Additions =
        [.. Lines("public-api-additions.txt").Select(line => line.Split(" | "))];

    [Fact]
    public void PublicSurface_HasNothingThatThePublishedSdkLacks()
    {
        var allowed = Published.Concat(Additions.Select(addition => addition[0]));

        PublicSurface.Of(typeof(Resource).Assembly).Except(allowed).Should().BeEmpty(
            "programs that use it would not compile against the published SDK");
    }

    [Fact]
    public void Additions_AreUsedAndNameTheirSource()
    {
        Additions.Should().OnlyContain(addition => addition.Length == 2 && addition[1].EndsWith(".cs"));
        Additions.Select(addition => addition[0]).Should().BeSubsetOf(PublicSurface.Of(typeof(Resource).Assembly));
        Additions.Select(addition => addition[0]).Should().NotIntersectWith(Published);
    }

    private static string[] Lines(string file)
        => [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Core", file)).Where(line => line is not "" && line[0] != '#')];
}
#endif
