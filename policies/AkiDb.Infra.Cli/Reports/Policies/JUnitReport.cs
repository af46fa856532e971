using System.Xml;
using System.Xml.Linq;
using AkiDb.Infra.Policies;

namespace AkiDb.Infra.Cli.Reports.Policies;

/// <summary>The findings as JUnit XML: one test case a rule, so that any CI shows which rule failed.</summary>
internal static class JUnitReport
{
    /// <summary>Writes <paramref name="report"/>.</summary>
    public static void Write(Stream stream, PolicyReport report)
    {
        var violations = report.Violations.ToLookup(violation => violation.Rule.Name);
        var undecided = report.Undecided.Select(entry => entry.Rule.Name).ToHashSet();
        // A rule about exemptions is in no catalogue; its violations still count.
        var rules = RuleCatalogue.All.Select(rule => rule.About).Concat(report.Violations.Select(violation => violation.Rule)).DistinctBy(rule => rule.Name).ToList();
        var cases = rules.Select(rule => Case(report.Plan.Stack, rule, [.. violations[rule.Name]], undecided.Contains(rule.Name))).ToList();
        var suite = new XElement("testsuite",
            new XAttribute("name", $"policy {report.Plan.Stack}"),
            new XAttribute("tests", cases.Count),
            new XAttribute("failures", cases.Count(test => test.Element("failure") is not null)),
            new XAttribute("skipped", cases.Count(test => test.Element("skipped") is not null)),
            cases);
        using var writer = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n", CheckCharacters = true });
        new XDocument(new XElement("testsuites", suite)).Save(writer);
    }

    private static XElement Case(string stack, RuleAbout rule, IReadOnlyList<RuleViolation> violations, bool isUndecided)
    {
        var test = new XElement("testcase", new XAttribute("classname", $"policy.{stack}"), new XAttribute("name", rule.Name));
        var lines = violations.Select(entry => $"{entry.Violation.Resource.Name} {entry.Violation.Path}: found {entry.Violation.Found}; wanted {entry.Violation.Wanted}");
        if (violations.Count > 0 && rule.Blocks)
            test.Add(new XElement("failure", new XAttribute("message", rule.Title), new XAttribute("type", RuleText.Lower(rule.Severity)), $"{string.Join("\n", lines)}\nFix: {rule.Fix}"));
        else if (violations.Count > 0)
            test.Add(new XElement("system-out", $"advisory\n{string.Join("\n", lines)}"));
        else if (isUndecided)
            test.Add(new XElement("skipped", new XAttribute("message", "not applicable yet: a value is not known")));
        return test;
    }
}
