using System.Collections.Immutable;
using AkiDb.Infra.Policies.Exempting;

namespace AkiDb.Infra.PolicyHost;

/// <summary>Finds the checkout's exemptions: the pack runs from its own folder, or from where it was built.</summary>
internal static class ExemptionSearch
{
    private const string RelativePath = "policies/exemptions.yaml";

    /// <summary>The exemptions above the first of <paramref name="folders"/> that has any; none where there is no such file.</summary>
    public static ImmutableArray<Exemption> From(params IEnumerable<string> folders)
    {
        foreach (var folder in folders)
        {
            for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            {
                var path = Path.Combine(at.FullName, RelativePath);
                if (File.Exists(path))
                    return ExemptionFile.Read(File.ReadAllText(path), RelativePath);
            }
        }

        return [];
    }
}
