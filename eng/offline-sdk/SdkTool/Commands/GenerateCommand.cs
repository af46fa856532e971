using AkiDb.SdkTool.Generation;
using AkiDb.SdkTool.Schema;
using AkiDb.SdkTool.Slices;

namespace AkiDb.SdkTool.Commands;

/// <summary><c>generate SCHEMA OUT</c>: the build's step from a slice to C# sources.</summary>
internal static class GenerateCommand
{
    public static void Run(string schemaPath, string outFolder)
    {
        var schema = SchemaReader.Read(schemaPath);
        NumberCheck.Run(schema, Recorded.Load(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(schemaPath))!, "recorded.json")));
        var files = PackageGenerator.Generate(schema);
        Directory.CreateDirectory(outFolder);
        foreach (var stale in Directory.EnumerateFiles(outFolder, "*.cs").Where(f => !files.ContainsKey(Path.GetFileName(f))))
            File.Delete(stale);
        foreach (var (name, text) in files)
            File.WriteAllText(Path.Combine(outFolder, name), text);
    }
}
