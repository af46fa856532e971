namespace AkiDb.Infra.Policies.Exempting;

/// <summary>The rule about exemptions themselves: one that has run out is a violation, whatever it allowed.</summary>
internal static class ExemptionExpired
{
    public static RuleAbout About { get; } = new("exemption-expired", Severity.High,
        title: "Exemptions that have run out are removed or renewed",
        why: "An exemption is a promise to mend something by a date. One that outlives its date hides a violation that nobody answers for.",
        fix: "Mend what it allowed and delete it from policies/exemptions.yaml, or renew it with a new date and a reason that holds today.");
}
