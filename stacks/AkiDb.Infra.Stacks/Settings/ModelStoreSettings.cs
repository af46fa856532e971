namespace AkiDb.Infra.Stacks.Settings;

/// <summary>How long models and their old versions are kept, and where.</summary>
public sealed record ModelStoreSettings
{
    /// <summary>Days until Glacier Instant Retrieval. Default: 30.</summary>
    public required int ColdAfterDays { get; init; }

    /// <summary>Days. Default: 90.</summary>
    public required int KeepOldVersionsDays { get; init; }

    internal static ModelStoreSettings Read(SettingsReader reader)
    {
        var settings = new ModelStoreSettings
        {
            ColdAfterDays = reader.Whole("coldAfterDays", 0, 3650, 30),
            KeepOldVersionsDays = reader.Whole("keepOldVersionsDays", 1, 3650, 90),
        };
        reader.RefuseUnknownKeys();
        return settings;
    }
}
