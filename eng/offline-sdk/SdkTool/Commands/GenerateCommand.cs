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
            WriteIfChanged(Path.Combine(outFolder, name), text);
    }

    // An unchanged file keeps its time, so that a tool that was only rebuilt does not recompile the providers.
    private static void WriteIfChanged(string path, string text)
    {
        if (!File.Exists(path) || File.ReadAllText(path) != text)
            File.WriteAllText(path, text);
    }
}
