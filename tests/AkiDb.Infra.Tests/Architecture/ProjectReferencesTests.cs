using System.Text.RegularExpressions;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Architecture;

/// <summary>The arrows between projects run one way (docs/architecture.md): read from the project files themselves.</summary>
public sealed partial class ProjectReferencesTests
{
    private static readonly Dictionary<string, string[]> References = Directory
        .EnumerateFiles(RepositoryFolder.Root, "*.csproj", SearchOption.AllDirectories)
        .Where(path => !path.Contains("node_modules", StringComparison.Ordinal) && !path.Contains(".artifacts", StringComparison.Ordinal))
        .ToDictionary(
            path => Path.GetFileNameWithoutExtension(path),
            path => ProjectReference().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value).ToArray());

    private static readonly HashSet<string> UsesPulumi =
    [
        .. Directory.EnumerateFiles(RepositoryFolder.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(path => File.ReadAllText(path).Contains("<UsesPulumi>true", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path)),
    ];

    [Fact]
    public void Contracts_KnowNothing() => References["AkiDb.Contracts"].Should().BeEmpty();

    [Fact]
    public void Components_KnowOnlyTheContracts() => References["AkiDb.Infra.Components"].Should().Equal("AkiDb.Contracts");

    [Fact]
    public void Stacks_KnowOnlyComponents() =>
        References.Where(project => In("stacks", project.Key)).SelectMany(project => project.Value).Distinct()
            .Where(target => !In("stacks", target) && target != "AkiDb.Infra.Components" && target != "AkiDb.Contracts").Should().BeEmpty();

    [Fact]
    public void Plan_KnowsNoOtherProject() => References["AkiDb.Infra.Plan"].Should().BeEmpty();

    [Fact]
    public void PoliciesAndCosts_DoNotKnowEachOther()
    {
        References.GetValueOrDefault("AkiDb.Infra.Policies", []).Should().NotContain("AkiDb.Infra.Costs");
        References.GetValueOrDefault("AkiDb.Infra.Costs", []).Should().NotContain("AkiDb.Infra.Policies");
    }

    [Fact]
    public void Runtime_KnowsOnlyRuntimeAndNoPulumi()
    {
        var runtime = References.Where(project => In("runtime", project.Key)).ToList();

        runtime.SelectMany(project => project.Value).Where(target => !In("runtime", target) && !In("eng", target)).Should().BeEmpty();
        runtime.Select(project => project.Key).Where(UsesPulumi.Contains).Should().BeEmpty();
    }

    [Fact]
    public void Infrastructure_KnowsOfTheRuntimeOnlyTheContracts() =>
        References.Where(project => In("components", project.Key) || In("stacks", project.Key) || In("policies", project.Key))
            .SelectMany(project => project.Value).Where(target => In("runtime", target)).Distinct()
            .Should().OnlyContain(target => target == "AkiDb.Contracts");

    [Fact]
    public void NothingThatShips_KnowsTests() =>
        References.Where(project => !In("tests", project.Key)).SelectMany(project => project.Value).Where(target => In("tests", target))
            .Should().BeEmpty();

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        var solution = File.ReadAllText(RepositoryFolder.At("AkiDb.Infra.sln"));

        // The first two are only ever restored, by `akidb setup`, and in the solution would break every machine without the packages.
        // The third is built where NuGet lacks the package, and only then.
        string[] outside = ["PublishedSdk", "PublishedOnnxRuntime", "Microsoft.ML.OnnxRuntime"];
        References.Keys.Except(outside).Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal)).Should().BeEmpty();
    }

    private static bool In(string folder, string project) =>
        Directory.EnumerateFiles(RepositoryFolder.At(folder), $"{project}.csproj", SearchOption.AllDirectories)
            .Any(path => !path.Contains("node_modules", StringComparison.Ordinal));

    [GeneratedRegex("""<ProjectReference\s+Include="[^"]*?([^/\\"]+)\.csproj""")]
    private static partial Regex ProjectReference();
}
