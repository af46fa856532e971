using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies.Secrets;

/// <summary>Tells what looks like a secret. It never repeats the value: a report is no better place for it.</summary>
internal static partial class SecretShape
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "password", "passwd", "secretkey", "secretaccesskey", "awssecretaccesskey", "apikey", "authtoken", "accesstoken", "clientsecret", "privatekey",
        "token", "routingkey", "servicekey", "kubecosttoken", "dbpassword", "masterpassword", "connectionstring",
    }.ToFrozenSet();

    /// <summary>What a text by itself looks like, or null.</summary>
    public static string? Of(string text) =>
        text.Length < 16 ? null
        : AccessKey().IsMatch(text) ? "looks like an AWS access key"
        : PrivateKey().IsMatch(text) ? "holds a private key"
        : ServiceToken().IsMatch(text) ? "looks like a token of a service"
        : null;

    /// <summary>What a value under a name looks like, or null: also a plain text whose name says that it is a secret.</summary>
    public static string? OfNamed(string name, PlanValue value) => value is not TextValue text ? null
        : Of(text.Value) ?? (IsSecretName(name) && IsLiteral(text.Value) ? $"a plain value under the name '{name}'" : null);

    private static bool IsSecretName(string name)
    {
        var letters = string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return Names.Contains(letters) || letters.EndsWith("password", StringComparison.Ordinal) || letters.EndsWith("secretkey", StringComparison.Ordinal) || letters.EndsWith("apikey", StringComparison.Ordinal);
    }

    // A reference is no secret: an ARN, a path, an address, a template expression, or a switch.
    private static bool IsLiteral(string text) => text.Length >= 8 && !text.Contains(' ', StringComparison.Ordinal)
        && !text.StartsWith("arn:", StringComparison.Ordinal) && !text.StartsWith('/') && !text.Contains("://", StringComparison.Ordinal) && !text.Contains("${", StringComparison.Ordinal)
        && !text.StartsWith("{{", StringComparison.Ordinal);

    [GeneratedRegex("(?<![A-Z0-9])(AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])")]
    private static partial Regex AccessKey();

    [GeneratedRegex("-----BEGIN ([A-Z]+ )*PRIVATE KEY")]
    private static partial Regex PrivateKey();

    [GeneratedRegex("(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40}|xox[abprs]-[A-Za-z0-9-]{10}|sk_live_[A-Za-z0-9]{16}|glpat-[A-Za-z0-9_-]{20}|AIza[A-Za-z0-9_-]{35})")]
    private static partial Regex ServiceToken();
}
