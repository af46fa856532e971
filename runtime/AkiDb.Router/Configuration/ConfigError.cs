namespace AkiDb.Router.Configuration;

/// <summary>One thing wrong in a configuration, told so that it can be mended without the documentation.</summary>
/// <param name="Key">Where: <c>backends[0].costPerMillionUsd</c>.</param>
/// <param name="Value">What stands there; null when it is missing.</param>
/// <param name="Allowed">What may stand there.</param>
/// <param name="Example">A value that would be right.</param>
public sealed record ConfigError(string Key, string? Value, string Allowed, string Example)
{
    public override string ToString() =>
        $"{Key}: {(Value is null ? "is missing" : $"{Value} is not allowed")}; allowed: {Allowed}; example: {Example}";
}

/// <summary>A configuration with errors; all of them.</summary>
public sealed class ConfigException(IReadOnlyList<ConfigError> errors)
    : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<ConfigError> Errors { get; } = errors;
}
