namespace AkiDb.Infra.Stacks.Settings;

/// <summary>Access logs of buckets, load balancers and CloudFront.</summary>
public sealed record AccessLogSettings
{
    /// <summary>Days until they are deleted. Default: 90.</summary>
    public required int KeepDays { get; init; }

    internal static AccessLogSettings Read(SettingsReader reader)
    {
        var settings = new AccessLogSettings { KeepDays = reader.Whole("keepDays", 1, 3650, 90) };
        reader.RefuseUnknownKeys();
        return settings;
    }
}
