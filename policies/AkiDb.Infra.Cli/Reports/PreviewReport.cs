using System.Collections.Immutable;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Schema;
using AkiDb.Infra.Plan.Values;
using Humanizer;
using Spectre.Console;

namespace AkiDb.Infra.Cli.Reports;

/// <summary>The preview as a person reads it.</summary>
internal sealed class PreviewReport(IAnsiConsole console, StackPlan plan, ImmutableArray<SchemaViolation> violations)
{
    private const string NoRegion = "global";

    private readonly PlanTree _tree = new(plan);
    private readonly ImmutableArray<PlannedResource> _managed = [.. plan.Resources.Where(resource => resource.IsCustom)];

    /// <summary>Writes it.</summary>
    /// <param name="everyResource">Show every resource below its component, not only their number.</param>
    /// <param name="elapsed">How long it took to get the plan and check it.</param>
    public void Write(bool everyResource, TimeSpan elapsed)
    {
        var regions = RegionsOf(_managed);
        var source = plan.Source == PlanSource.OfflineEvaluation
            ? $"evaluated offline, {SdkMode.Name} SDK {SdkMode.Version}"
            : "from a Pulumi preview";
        console.MarkupLineInterpolated($"[bold]{plan.Project} {plan.Stack}[/]: {"resource".ToQuantity(_managed.Length)} in {"region".ToQuantity(regions.Count(region => region != NoRegion))}, {source}");
        console.WriteLine();
        WriteTree(everyResource);
        WriteCounts(regions);
        WriteOutputs();
        foreach (var notice in plan.Notices.Concat(PriceClassReport.Effects(plan)))
            console.MarkupLineInterpolated($"[yellow]note[/] {notice}");
        WriteViolations();
        console.WriteLine(FormattableString.Invariant($"{elapsed.TotalSeconds:0.00} s"));
    }

    private static List<string> RegionsOf(IEnumerable<PlannedResource> resources) =>
        [.. resources.Select(RegionOf).Distinct().OrderBy(region => region == NoRegion).ThenBy(region => region, StringComparer.Ordinal)];

    private void WriteTree(bool everyResource)
    {
        var root = new Tree(Markup.Escape(plan.Stack));
        foreach (var region in RegionsOf(_tree.Roots))
        {
            var members = _tree.Roots.Where(resource => RegionOf(resource) == region).ToList();
            var node = root.AddNode($"[bold]{Markup.Escape(region)}[/] [grey]{members.Sum(_tree.CountOf)}[/]");
            foreach (var member in members)
                AddNode(node, member, everyResource);
        }

        console.Write(root);
        console.WriteLine();
    }

    private void AddNode(IHasTreeNodes parent, PlannedResource resource, bool everyResource)
    {
        var kind = resource.IsCustom ? resource.Type : resource.Type[(resource.Type.LastIndexOf(':') + 1)..];
        var count = resource.IsCustom ? "" : $" {_tree.CountOf(resource)}";
        var node = parent.AddNode($"{Markup.Escape(resource.Name)} [grey]{Markup.Escape(kind)}{count}[/]");
        foreach (var child in _tree.ChildrenOf(resource).Where(child => everyResource || !child.IsCustom))
            AddNode(node, child, everyResource);
    }

    private void WriteCounts(List<string> regions)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("kind");
        foreach (var region in regions.Append("all"))
            table.AddColumn(new TableColumn(Markup.Escape(region)).RightAligned());
        foreach (var kind in _managed.GroupBy(KindOf).OrderBy(group => group.Key, StringComparer.Ordinal))
            table.AddRow([Markup.Escape(kind.Key), .. regions.Select(region => Count(kind, region)), $"{kind.Count()}"]);
        table.AddRow(["[bold]all[/]", .. regions.Select(region => $"[bold]{Count(_managed, region)}[/]"), $"[bold]{_managed.Length}[/]"]);
        console.Write(table);
    }

    private void WriteOutputs()
    {
        foreach (var (name, value) in plan.Outputs.Entries)
        {
            console.MarkupLineInterpolated($"[bold]{name}[/]");
            foreach (var (key, entry) in value is MapValue map ? map.Entries.AsEnumerable() : [KeyValuePair.Create("", value)])
                console.MarkupLineInterpolated($"  {key.PadRight(16)} {ValueText.OneLine(entry)}");
        }

        console.WriteLine();
    }

    private void WriteViolations()
    {
        foreach (var violation in violations)
            console.MarkupLineInterpolated($"[red]schema[/] {violation.ToString()}");
        console.MarkupLineInterpolated($"{"schema violation".ToQuantity(violations.Length)} in {"resource".ToQuantity(_managed.Length)}");
    }

    private static string Count(IEnumerable<PlannedResource> resources, string region) =>
        resources.Count(resource => RegionOf(resource) == region) is var count and > 0 ? $"{count}" : "";

    private static string RegionOf(PlannedResource resource) => resource.Region ?? NoRegion;

    // "aws:ec2/vpc:Vpc" -> "aws ec2"; "kubernetes:apps/v1:Deployment" -> "kubernetes apps/v1".
    private static string KindOf(PlannedResource resource)
    {
        var parts = resource.Type.Split(':');
        return parts[0] switch
        {
            "pulumi" => "providers",
            "aws" => $"aws {parts[1].Split('/')[0]}",
            _ => $"{parts[0]} {parts[1]}",
        };
    }
}
