namespace AkiDb.SdkTool.Slices;

/// <summary>One provider of the offline SDK: a folder under <c>eng/offline-sdk/Providers</c>.</summary>
/// <param name="Package">The package name in tokens and on npm (<c>@pulumi/…</c>).</param>
/// <param name="Folder">The folder's name.</param>
public sealed record Provider(string Package, string Folder)
{
    public static IReadOnlyList<Provider> All { get; } =
        [new("aws", "Aws"), new("aws-native", "AwsNative"), new("kubernetes", "Kubernetes")];

    /// <summary>The provider that a token belongs to; null when none of ours.</summary>
    public static Provider? Of(string token)
    {
        var package = token.StartsWith("pulumi:providers:", StringComparison.Ordinal) ? token["pulumi:providers:".Length..] : token.Split(':')[0];
        return All.FirstOrDefault(p => p.Package == package);
    }

    public string Schema(Workspace workspace) => Path.Combine(workspace.Providers, Folder, "schema.json");

    public string Recorded(Workspace workspace) => Path.Combine(workspace.Providers, Folder, "recorded.json");
}
