using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Cli.Reports;

/// <summary>A resource's type in a line for people: the whole token of a cloud resource, the last word of a component's.</summary>
internal static class TypeTitle
{
    public static string Of(PlannedResource resource) => resource.IsCustom ? resource.Type : LastWord(resource.Type);

    /// <summary><c>Bucket</c> of <c>aws:s3/bucket:Bucket</c>.</summary>
    public static string LastWord(string type) => type[(type.LastIndexOf(':') + 1)..];
}
