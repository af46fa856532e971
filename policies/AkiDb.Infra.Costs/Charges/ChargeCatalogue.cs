using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Costs.Charges;

/// <summary>Which resource types cost what: a rule a type. Types of neither this nor <see cref="FreeTypes"/> are unsupported.</summary>
internal sealed class ChargeCatalogue
{
    /// <summary>What a resource is billed for.</summary>
    public delegate IEnumerable<Charge> Rule(PlannedResource resource, ChargeContext context);

    private readonly Dictionary<string, Rule> _rules = [];
    private readonly Dictionary<string, string> _elsewhere = [];

    public static ChargeCatalogue Default { get; } = Create();

    /// <summary>Types that have a rule, sorted.</summary>
    public IEnumerable<string> Types => _rules.Keys.Concat(_elsewhere.Keys).Order(StringComparer.Ordinal);

    public void Add(string type, Rule rule) => _rules.Add(type, rule);

    /// <summary>Types whose cost stands with another item.</summary>
    public void AddElsewhere(string type, string where) => _elsewhere.Add(type, where);

    public Rule? RuleOf(string type) => _rules.GetValueOrDefault(type);

    public string? ElsewhereOf(string type) => _elsewhere.GetValueOrDefault(type);

    private static ChargeCatalogue Create()
    {
        var catalogue = new ChargeCatalogue();
        ClusterCharges.Register(catalogue);
        NetworkCharges.Register(catalogue);
        StorageCharges.Register(catalogue);
        EdgeCharges.Register(catalogue);
        FunctionCharges.Register(catalogue);
        NameCharges.Register(catalogue);
        MonitoringCharges.Register(catalogue);
        MessagingCharges.Register(catalogue);
        return catalogue;
    }
}
