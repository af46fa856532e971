using System.Collections.Immutable;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Policies;
using AkiDb.Infra.Policies.Exempting;
using AkiDb.Infra.PolicyHost.Protocol;
using Google.Protobuf.WellKnownTypes;
using EnforcementLevel = AkiDb.Infra.Policies.EnforcementLevel;
using WireLevel = AkiDb.Infra.PolicyHost.Protocol.EnforcementLevel;

namespace AkiDb.Infra.PolicyHost;

/// <summary>
/// Pulumi's Analyzer: rules about single resources answer Analyze, rules about the stack answer AnalyzeStack. A rule that meets a
/// value which is not known yet is reported as not applicable.
/// </summary>
internal sealed class AnalyzerService(ImmutableArray<Exemption> exemptions, TimeProvider clock)
{
    private volatile PolicyLevels _levels = PolicyLevels.Own;

    private PolicyContext Context => new(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));

    public Empty Configure(ConfigureAnalyzerRequest request)
    {
        _levels = PolicyLevels.Read(request);
        return new Empty();
    }

    public AnalyzeResponse Analyze(AnalyzeRequest request, CancellationToken cancel)
    {
        var resource = EnginePlan.Resource(request);
        return Answer(resource.Urn.Stack, RulesFor(resource).Select(rule => (rule.About, rule.CheckResource(resource))), cancel);
    }

    public AnalyzeResponse AnalyzeStack(AnalyzeStackRequest request, CancellationToken cancel)
    {
        var plan = EnginePlan.Stack(request);
        var view = new PlanView(plan, Context);
        return Answer(plan.Stack, RuleCatalogue.All.OfType<StackRule>().Select(rule => (rule.About, rule.Check(view))), cancel);
    }

    public RemediateResponse Remediate(AnalyzeRequest request, CancellationToken cancel)
    {
        var resource = EnginePlan.Resource(request);
        var response = new RemediateResponse();
        foreach (var rule in RulesFor(resource).Where(rule => _levels.Of(rule.About) == EnforcementLevel.Remediate && rule is IRemediation))
        {
            cancel.ThrowIfCancellationRequested();
            var changes = ((IRemediation)rule).Remediate(resource);
            if (changes.Count == 0 || IsExempted(resource.Urn.Stack, rule.About, new Violation(resource, "", "", "")))
                continue;
            response.Remediations.Add(new Remediation
            {
                PolicyName = rule.About.Name,
                PolicyPackName = PackInfo.Name,
                PolicyPackVersion = PackInfo.Version,
                Description = rule.About.Title,
                Properties = PropertyStruct.With(request.Properties ?? new Struct(), changes),
                Diagnostic = $"set {string.Join(", ", changes.Keys)}: {rule.About.Title}",
            });
        }

        return response;
    }

    private static IEnumerable<ResourceRule> RulesFor(PlannedResource resource) =>
        RuleCatalogue.All.OfType<ResourceRule>().Where(rule => rule.Types.IsEmpty || rule.Types.Contains(resource.Type));

    private AnalyzeResponse Answer(string stack, IEnumerable<(RuleAbout Rule, IEnumerable<Finding> Findings)> judged, CancellationToken cancel)
    {
        var response = new AnalyzeResponse();
        foreach (var (rule, findings) in judged)
        {
            cancel.ThrowIfCancellationRequested();
            var level = _levels.Of(rule);
            if (level == EnforcementLevel.Disabled)
                continue;
            foreach (var finding in findings)
            {
                if (finding is NotApplicableYet pending)
                    response.NotApplicable.Add(new PolicyNotApplicable { PolicyName = rule.Name, Reason = pending.Reason });
                else if (finding is Violation violation && !IsExempted(stack, rule, violation))
                    response.Diagnostics.Add(Diagnostic(rule, level, violation));
            }
        }

        return response;
    }

    private bool IsExempted(string stack, RuleAbout rule, Violation violation) => exemptions.Any(exemption =>
        exemption.HoldsIn(stack) && Context.Today <= exemption.Expires && exemption.Covers(new RuleViolation(rule, violation)));

    private static AnalyzeDiagnostic Diagnostic(RuleAbout rule, EnforcementLevel level, Violation violation) => new()
    {
        PolicyName = rule.Name,
        PolicyPackName = PackInfo.Name,
        PolicyPackVersion = PackInfo.Version,
        Description = rule.Title,
        Message = $"{(violation.Path.Length == 0 ? violation.Resource.Name : violation.Path)}: found {violation.Found}; wanted {violation.Wanted}. {rule.Fix}",
        // What is still wrong after the remediation blocks.
        EnforcementLevel = level == EnforcementLevel.Remediate ? WireLevel.Mandatory : PackInfo.LevelOf(level),
        Urn = violation.Resource.Urn.ToString(),
        Severity = PackInfo.SeverityOf(rule.Severity),
    };
}
