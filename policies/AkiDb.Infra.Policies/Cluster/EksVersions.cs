using System.Collections.Frozen;

namespace AkiDb.Infra.Policies.Cluster;

/// <summary>When EKS' standard support of each Kubernetes version ends (written from memory in 2026-11; check against the EKS user guide, "Kubernetes version lifecycle").
/// Versions newer than the table are taken to be supported: they cannot have ended before they came.</summary>
internal static class EksVersions
{
    private static readonly FrozenDictionary<string, DateOnly> StandardSupportEnds = new Dictionary<string, DateOnly>
    {
        ["1.30"] = new(2025, 7, 23),
        ["1.31"] = new(2025, 11, 26),
        ["1.32"] = new(2026, 3, 23),
        ["1.33"] = new(2026, 7, 29),
        ["1.34"] = new(2026, 12, 2),
        ["1.35"] = new(2027, 3, 27),
    }.ToFrozenDictionary();

    private static readonly Version Oldest = StandardSupportEnds.Keys.Select(Version.Parse).Min()!;

    /// <summary>Last day of standard support; null where it is not known; the first day of time for versions long gone.</summary>
    public static DateOnly? EndOf(string version) =>
        StandardSupportEnds.TryGetValue(version, out var end) ? end
        : Version.TryParse(version, out var parsed) && parsed < Oldest ? DateOnly.MinValue
        : null;
}
