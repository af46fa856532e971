namespace AkiDb.Infra.Stacks.Settings;

/// <summary>One thing that is wrong with an environment's configuration.</summary>
/// <param name="Key">Where, e.g. <c>akidb:regions[1].cidr</c>.</param>
/// <param name="Value">What stands there; null where nothing does.</param>
/// <param name="Allowed">What may stand there.</param>
/// <param name="Example">A value that would do.</param>
public sealed record SettingsProblem(string Key, string? Value, string Allowed, string Example)
{
    /// <summary>Whether there is no setting of that key; what is allowed then names those that there are.</summary>
    public bool IsUnknownKey { get; init; }

    /// <inheritdoc/>
    public override string ToString() => IsUnknownKey
        ? $"{Key}: {Allowed}"
        : $"{Key}: {(Value is null ? "missing" : $"'{Value}' is not allowed")}; want {Allowed}, e.g. {Example}";
}
