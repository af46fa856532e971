using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;
using AkiDb.Infra.Policies;

namespace AkiDb.Infra.Tests.Policies;

public sealed class RuleTests
{
    // A day on which every version and runtime of the cases is what the cases say.
    private static readonly PolicyContext Context = new(new DateOnly(2026, 11, 22));

    private static readonly RuleCase[] All =
    [
        .. typeof(RuleTests).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IRuleCases)) && !type.IsInterface)
            .SelectMany(type => ((IRuleCases)Activator.CreateInstance(type)!).Cases),
    ];

    public static TheoryData<string> Names => [.. All.Select(entry => entry.Rule)];

    [Fact]
    public void Catalogue_EveryRule_HasAPassingAndAFailingPlan() =>
        // The budget rule takes an estimate, not a plan; MonthlyBudgetTests has its cases.
        All.Select(entry => entry.Rule).Append("monthly-budget").Should().BeEquivalentTo(RuleCatalogue.All.Select(rule => rule.About.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Rule_PassingPlan_HasNothingToSay(string name) =>
        Findings(name, Case(name).Passing).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void Rule_FailingPlan_NamesResourceFactAndWish(string name) =>
        Findings(name, Case(name).Failing).OfType<Violation>().Should().NotBeEmpty()
            .And.OnlyContain(violation => violation.Found.Length > 0 && violation.Wanted.Length > 0 && violation.Resource.Name.Length > 0);

    [Theory]
    [MemberData(nameof(Names))]
    public void Rule_NothingKnownOfTheFailingResource_SaysNotYetAndNeverViolated(string name)
    {
        // What a rule reads off the type is known whatever the inputs are.
        if (name == "karpenter-current-api" || RuleCatalogue.Find(name) is not ResourceRule rule)
            return;
        var failing = rule.Check(View(Case(name).Failing)).OfType<Violation>().Select(violation => violation.Resource).First();
        var unknown = failing with { Inputs = MapValue.From(failing.Inputs.Entries.Select(entry => KeyValuePair.Create<string, PlanValue>(entry.Key, UnknownValue.Instance))) };

        rule.CheckResource(unknown).Where(finding => finding is Violation violation && failing.Inputs.Entries.ContainsKey(violation.Path.Split('.', '[')[0])).Should().BeEmpty();
    }

    [Fact]
    public void Catalogue_EveryRule_IsWrittenForPeople() => RuleCatalogue.All.Select(rule => rule.About).Should().OnlyContain(about =>
        !about.Name.Any(char.IsUpper) && !about.Name.Contains(' ', StringComparison.Ordinal)
        && about.Title.Length > 10 && about.Why.EndsWith('.') && about.Fix.EndsWith('.') && !about.Title.EndsWith('.'));

    [Fact]
    public void Catalogue_ReferenceTable_EveryIdIsCovered()
    {
        string[] demanded =
        [
            "CKV_AWS_39", "CKV_AWS_38", "CKV_AWS_37", "CKV_AWS_58", "CKV_AWS_339", "CKV_AWS_100", "CKV_AWS_79", "CKV_AWS_341", "CKV_AWS_3", "CKV_AWS_189", "CKV_AWS_34", "CKV_AWS_174",
            "CKV_AWS_86", "CKV_AWS_68", "CKV2_AWS_46", "CKV_AWS_310", "CKV2_AWS_42", "CKV2_AWS_54", "CKV2_AWS_72", "CKV2_AWS_32", "CKV_AWS_259", "CKV_AWS_305", "CloudFront.12", "CKV_AWS_53",
            "CKV_AWS_21", "CKV_AWS_145", "S3.5", "CKV2_AWS_61", "CKV_AWS_300", "CKV_AWS_18", "CKV2_AWS_65", "CKV_AWS_70", "CKV_AWS_62", "CKV_AWS_63", "CKV_AWS_274", "IAM.21", "CKV_AWS_286",
            "CKV_AWS_287", "CKV_AWS_288", "CKV_AWS_289", "CKV_AWS_290", "CKV_AWS_355", "CKV_AWS_356", "iam_policy_no_wildcard_resource_on_passrole", "CKV_AWS_60", "CKV_AWS_61", "CKV_AWS_27",
            "CKV_AWS_168", "CKV_AWS_387", "CKV_AWS_26", "CKV_AWS_169", "CKV_AWS_7", "CKV_AWS_33", "KMS.1", "KMS.2", "KMS.3", "CKV_AWS_258", "CKV_AWS_301", "CKV_AWS_364", "CKV_AWS_363", "CKV_AWS_45",
            "CKV_AWS_66", "CKV_AWS_338", "CKV_AWS_158", "CKV2_AWS_11", "CKV2_AWS_12", "CKV_AWS_130", "CKV_AWS_24", "CKV_AWS_260", "CKV_AWS_277", "CKV_AWS_382", "CKV_AWS_51", "CKV_AWS_163",
            "CKV_AWS_136", "CKV2_AWS_39", "CKV2_AWS_38", "CKV_AWS_319",
        ];

        demanded.Except(RuleCatalogue.All.SelectMany(rule => rule.About.Frameworks)).Should().BeEmpty();
    }

    private static RuleCase Case(string name) => All.Single(entry => entry.Rule == name);

    private static List<Finding> Findings(string name, StackPlan plan) => [.. RuleCatalogue.Find(name)!.Check(View(plan))];

    private static PlanView View(StackPlan plan) => new(plan, Context);
}
