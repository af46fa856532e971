using System.Text.Encodings.Web;
using System.Text.Json;
using AkiDb.Infra.Policies;

namespace AkiDb.Infra.Cli.Reports.Policies;

/// <summary>The findings for programs.</summary>
internal static class PolicyJson
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes <paramref name="report"/> as UTF-8 with a newline at the end.</summary>
    public static void Write(Stream stream, PolicyReport report)
    {
        JsonSerializer.Serialize(stream, new
        {
            report.Plan.Project,
            report.Plan.Stack,
            rules = report.RuleCount,
            resources = report.Plan.Resources.Length,
            blocking = report.IsBlocking,
            violations = report.Violations.Select(Entry),
            exempted = report.Exempted.Select(entry => new
            {
                violation = Entry(entry.Violation),
                entry.Exemption.Reason,
                entry.Exemption.Owner,
                expires = entry.Exemption.Expires.ToString("yyyy-MM-dd"),
            }),
            notApplicableYet = report.Undecided.Select(entry => new { rule = entry.Rule.Name, urn = entry.Finding.Resource.Urn.ToString(), entry.Finding.Path }),
            report.Warnings,
        }, Format);
        stream.WriteByte((byte)'\n');
    }

    private static object Entry(RuleViolation entry) => new
    {
        rule = entry.Rule.Name,
        severity = RuleText.Lower(entry.Rule.Severity),
        level = RuleText.Lower(entry.Rule.Level),
        urn = entry.Violation.Resource.Urn.ToString(),
        entry.Violation.Resource.Type,
        entry.Violation.Resource.Name,
        entry.Violation.Path,
        entry.Violation.Found,
        entry.Violation.Wanted,
        entry.Rule.Fix,
    };
}
