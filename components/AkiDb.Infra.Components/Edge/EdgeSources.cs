using System.Collections.Immutable;
using Pulumi;

namespace AkiDb.Infra.Components.Edge;

/// <summary>The edge functions' JavaScript (runtime/edge), part of this assembly: a deployment needs no second build.</summary>
internal static class EdgeSources
{
    /// <summary>Files of the Lambda@Edge function; the first holds the handler.</summary>
    public static ImmutableArray<string> OriginFiles { get; } = ["index.mjs", "digest.mjs", "metrics.mjs"];

    /// <summary>The CloudFront function, with <c>AKIDB_SETTINGS</c> where its settings go.</summary>
    public static string ViewerRequest => Read("viewer-request.js");

    /// <summary>The Lambda@Edge function as a package.</summary>
    public static AssetArchive OriginPackage() => new(OriginFiles.ToDictionary(file => file, file => (AssetOrArchive)new StringAsset(Read(file))));

    private static string Read(string file)
    {
        using var stream = typeof(EdgeSources).Assembly.GetManifestResourceStream($"edge/{file}")
            ?? throw new InvalidOperationException($"'edge/{file}' is not part of the assembly; see AkiDb.Infra.Components.csproj.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
