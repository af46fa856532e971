using System.Collections.Frozen;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Functions;

/// <summary>Functions run on something that is still mended.</summary>
internal sealed class SupportedRuntime() : ResourceRule("aws:lambda/function:Function")
{
    // Deprecated or deprecated by the end of 2026 (written from memory in 2026-11; check against the Lambda developer guide, "Runtimes").
    private static readonly FrozenSet<string> Ended = new[]
    {
        "nodejs", "nodejs4.3", "nodejs6.10", "nodejs8.10", "nodejs10.x", "nodejs12.x", "nodejs14.x", "nodejs16.x", "nodejs18.x", "nodejs20.x",
        "python2.7", "python3.6", "python3.7", "python3.8", "python3.9", "java8", "java8.al2", "dotnetcore2.1", "dotnetcore3.1", "dotnet6", "dotnet7", "go1.x", "ruby2.5", "ruby2.7", "ruby3.2", "provided",
    }.ToFrozenSet();

    public override RuleAbout About { get; } = new("lambda-supported-runtime", Severity.Medium,
        title: "Functions run on a supported runtime",
        why: "A deprecated runtime gets no patches; later it can be neither updated nor created, just when a fix is due.",
        fix: "Use the newest runtime of the language, e.g. nodejs22.x or dotnet10.",
        frameworks: ["CKV_AWS_363", "Lambda.2"]);

    protected override IEnumerable<Finding?> Check(PlannedResource function) =>
        [function.Must("runtime", Is.AbsentOr(Is.Text(runtime => !Ended.Contains(runtime))), "a supported runtime")];
}
