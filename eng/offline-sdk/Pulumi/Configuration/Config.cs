using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Pulumi;

/// <summary>The stack's settings in one namespace.</summary>
/// <remarks>
/// <c>Get…</c> gives null when a setting is missing, <c>Require…</c> throws a <see cref="RunException"/>; both throw one when the
/// value is not of the type. <c>…Secret…</c> gives a secret output, whether or not the setting is marked as secret.
/// </remarks>
public sealed class Config
{
    private readonly string _namespace;

    /// <param name="name">The namespace; null means the project's name.</param>
    public Config(string? name = null)
    {
        const string OldSuffix = ":config";
        name ??= Evaluation.Current.ProjectName;
        _namespace = name.EndsWith(OldSuffix, StringComparison.Ordinal) ? name[..^OldSuffix.Length] : name;
    }

    /// <summary>The text, or null.</summary>
    public string? Get(string key) => Evaluation.Current.Settings.Find(FullKey(key));

    /// <summary>The text as a secret, or null.</summary>
    public Output<string>? GetSecret(string key) => Secret(Get(key));

    /// <summary>The truth value, or null.</summary>
    public bool? GetBoolean(string key) => Get(key) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var text => throw WrongType(key, text, nameof(Boolean)),
    };

    /// <summary>The truth value as a secret, or null.</summary>
    public Output<bool>? GetSecretBoolean(string key) => Secret(GetBoolean(key));

    /// <summary>The whole number, or null.</summary>
    public int? GetInt32(string key) => Get(key) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw WrongType(key, text, nameof(Int32)),
    };

    /// <summary>The whole number as a secret, or null.</summary>
    public Output<int>? GetSecretInt32(string key) => Secret(GetInt32(key));

    /// <summary>The number, or null.</summary>
    public double? GetDouble(string key) => Get(key) switch
    {
        null => null,
        var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw WrongType(key, text, nameof(Double)),
    };

    /// <summary>The number as a secret, or null.</summary>
    public Output<double>? GetSecretDouble(string key) => Secret(GetDouble(key));

    /// <summary>The object that the JSON text describes, or the default.</summary>
    [return: MaybeNull]
    public T GetObject<T>(string key) => Parse<T>(key, Get(key), options: null);

    /// <inheritdoc cref="GetObject{T}(string)"/>
    [return: MaybeNull]
    public T GetObject<T>(string key, JsonSerializerOptions options) => Parse<T>(key, Get(key), options);

    /// <summary>The object that the JSON text describes, as a secret, or null.</summary>
    public Output<T>? GetSecretObject<T>(string key)
        => Get(key) is { } text ? Output.CreateSecret(Parse<T>(key, text, options: null)!) : null;

    /// <inheritdoc cref="GetSecretObject{T}(string)"/>
    public Output<T>? GetSecretObject<T>(string key, JsonSerializerOptions options)
        => Parse<T>(key, Get(key), options) is { } value ? Output.CreateSecret(value) : null;

    /// <summary>The text.</summary>
    public string Require(string key) => Get(key) ?? throw Missing(key);

    /// <summary>The text as a secret.</summary>
    public Output<string> RequireSecret(string key) => Output.CreateSecret(Require(key));

    /// <summary>The truth value.</summary>
    public bool RequireBoolean(string key) => GetBoolean(key) ?? throw Missing(key);

    /// <summary>The truth value as a secret.</summary>
    public Output<bool> RequireSecretBoolean(string key) => Output.CreateSecret(RequireBoolean(key));

    /// <summary>The whole number.</summary>
    public int RequireInt32(string key) => GetInt32(key) ?? throw Missing(key);

    /// <summary>The whole number as a secret.</summary>
    public Output<int> RequireSecretInt32(string key) => Output.CreateSecret(RequireInt32(key));

    /// <summary>The number.</summary>
    public double RequireDouble(string key) => GetDouble(key) ?? throw Missing(key);

    /// <summary>The number as a secret.</summary>
    public Output<double> RequireSecretDouble(string key) => Output.CreateSecret(RequireDouble(key));

    /// <summary>The object that the JSON text describes.</summary>
    public T RequireObject<T>(string key) => Parse<T>(key, Require(key), options: null)!;

    /// <inheritdoc cref="RequireObject{T}(string)"/>
    public T RequireObject<T>(string key, JsonSerializerOptions options) => Parse<T>(key, Require(key), options)!;

    /// <summary>The object that the JSON text describes, as a secret.</summary>
    public Output<T> RequireSecretObject<T>(string key) => Output.CreateSecret(RequireObject<T>(key));

    /// <inheritdoc cref="RequireSecretObject{T}(string)"/>
    public Output<T> RequireSecretObject<T>(string key, JsonSerializerOptions options)
        => Output.CreateSecret(RequireObject<T>(key, options));

    private static Output<T>? Secret<T>(T? value) where T : class => value is null ? null : Output.CreateSecret(value);

    private static Output<T>? Secret<T>(T? value) where T : struct => value is { } present ? Output.CreateSecret(present) : null;

    private string FullKey(string key) => $"{_namespace}:{key}";

    private T? Parse<T>(string key, string? text, JsonSerializerOptions? options)
    {
        try
        {
            return text is null ? default : JsonSerializer.Deserialize<T>(text, options);
        }
        catch (JsonException error)
        {
            throw WrongType(key, text, typeof(T).FullName!, error);
        }
    }

    private RunException WrongType(string key, string? text, string type, Exception? cause = null)
        => new($"Configuration '{FullKey(key)}' value '{text}' is not a valid {type}", cause);

    private RunException Missing(string key)
        => new($"Missing Required configuration variable '{FullKey(key)}'\n" +
            $"\tplease set a value using the command `pulumi config set {FullKey(key)} <value>`");
}
