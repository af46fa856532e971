using System.Text.Json.Nodes;
using AkiDb.SdkTool.Slices;

namespace AkiDb.SdkTool.Commands;

/// <summary><c>list</c>: the resources and functions that the slices hold.</summary>
internal static class ListCommand
{
    public static void Run(Workspace workspace, TextWriter output)
    {
        foreach (var provider in Provider.All)
        {
            var slice = JsonNode.Parse(File.ReadAllText(provider.Schema(workspace)))!.AsObject();
            output.WriteLine($"@pulumi/{provider.Package} {slice["version"]}: {Roots.Count(slice)}");
            foreach (var token in Roots.Of(slice, provider))
                output.WriteLine($"  {token}");
        }
    }
}
