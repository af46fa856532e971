using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AkiDb.SdkTool.Slices;

namespace AkiDb.OfflineSdk.Tests.Providers;

/// <summary>The committed slices and what the installed npm packages declare for the same tokens.</summary>
internal static class Slice
{
    public static Workspace Workspace { get; } = Workspace.Find(AppContext.BaseDirectory);

    // Reading one package takes Node about a second; several tests want the same answer.
    private static readonly ConcurrentDictionary<string, Lazy<JsonObject>> Described = new(StringComparer.Ordinal);

    public static Provider Provider(string package) => AkiDb.SdkTool.Slices.Provider.All.Single(p => p.Package == package);

    public static string Text(string package) => File.ReadAllText(Provider(package).Schema(Workspace));

    public static JsonObject Read(string package) => JsonNode.Parse(Text(package))!.AsObject();

    /// <summary>Fails, with the command to run, when the npm packages are not installed: a skipped check would pass as a kept one.</summary>
    public static JsonObject Declared(string package) => Described.GetOrAdd(
        package, name => new Lazy<JsonObject>(() => Declarations.Describe(Workspace, Provider(name), Roots.Of(Read(name), Provider(name))))).Value;
}
