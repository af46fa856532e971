using System.Reflection;

namespace AkiDb.Infra.Cli;

/// <summary>Which Pulumi SDK this program was built with.</summary>
internal static class SdkMode
{
    /// <summary><c>offline</c> or <c>published</c>.</summary>
    public static string Name { get; } = Metadata("PulumiSdk");

    /// <summary>Version of the published SDK, or the one whose subset the offline SDK is.</summary>
    public static string Version { get; } = Metadata("PulumiVersion");

    private static string Metadata(string key) => typeof(SdkMode).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == key).Value!;
}
