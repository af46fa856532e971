using System.Text.Json.Nodes;
using AkiDb.SdkTool.Schema;
using AkiDb.SdkTool.Slices;

namespace AkiDb.SdkTool.Commands;

/// <summary><c>check</c>: whether each slice is what its declarations and its recorded facts make of it, and what is still assumed.</summary>
public static class CheckCommand
{
    /// <returns>0 when all slices are up to date, 1 otherwise.</returns>
    public static int Run(Workspace workspace, TextWriter output)
    {
        var result = 0;
        foreach (var provider in Provider.All)
        {
            var text = File.ReadAllText(provider.Schema(workspace));
            var slice = JsonNode.Parse(text)!.AsObject();
            var recorded = Recorded.Load(provider.Recorded(workspace));
            var described = Declarations.Describe(workspace, provider, Roots.Of(slice, provider));
            var isCurrent = SliceFormat.Write(SliceBuilder.Build(described, recorded, slice).Slice) == text;
            _ = Generation.PackageGenerator.Generate(SchemaReader.Read(provider.Schema(workspace)));
            var assumed = recorded.NumberSources().Count(n => n.Source == Recorded.Assumed);
            output.WriteLine($"{provider.Folder}: {Roots.Count(slice)}; {(isCurrent ? "up to date" : "differs from the npm package")}; {assumed} numbers assumed");
            if (!isCurrent)
                result = 1;
        }

        return result;
    }
}
