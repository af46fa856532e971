using System.Text.Json.Nodes;
using AkiDb.SdkTool.Schema;
using AkiDb.SdkTool.Slices;

namespace AkiDb.SdkTool.Commands;

/// <summary><c>add TOKEN…</c>: puts resources or functions, and all types that they need, into the slices.</summary>
public static class AddCommand
{
    public static void Run(Workspace workspace, IReadOnlyList<string> tokens, TextWriter output)
    {
        if (tokens.Count == 0)
            throw new SchemaException("add: name at least one token, for example `./akidb sdk add aws:eks/addon:Addon`.");
        foreach (var token in tokens)
            if (Provider.Of(token) is null)
                throw new SchemaException($"'{token}': not a token of {string.Join(", ", Provider.All.Select(p => p.Package))}.");
        foreach (var group in tokens.GroupBy(t => Provider.Of(t)!))
            Add(workspace, group.Key, [.. group], output);
    }

    private static void Add(Workspace workspace, Provider provider, IReadOnlyList<string> tokens, TextWriter output)
    {
        var path = provider.Schema(workspace);
        var previous = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path))!.AsObject() : null;
        var recorded = Recorded.Load(provider.Recorded(workspace));
        var wanted = Roots.Of(previous, provider).Union(tokens).Order(StringComparer.Ordinal);
        var (slice, assumed) = SliceBuilder.Build(Declarations.Describe(workspace, provider, wanted), recorded, previous);
        Accept(path, slice);
        recorded.Save(provider.Recorded(workspace));
        output.WriteLine($"{provider.Folder}: {Roots.Count(slice)} (was {Roots.Count(previous)})");
        if (assumed.Count > 0)
            output.WriteLine(
                $"  {assumed.Count} numbers are assumed to be int; look them up in the published C# sources and change source (and type) in "
                + $"eng/offline-sdk/Providers/{provider.Folder}/recorded.json:");
        foreach (var number in assumed)
            output.WriteLine($"    {number}");
    }

    // Takes the slice's place only when C# can be made of it: a name that clashes is said now, not in the next build.
    private static void Accept(string path, JsonObject slice)
    {
        var candidate = path + ".new";
        try
        {
            File.WriteAllText(candidate, SliceFormat.Write(slice));
            _ = Generation.PackageGenerator.Generate(SchemaReader.Read(candidate));
            File.Move(candidate, path, overwrite: true);
        }
        finally
        {
            File.Delete(candidate);
        }
    }
}
