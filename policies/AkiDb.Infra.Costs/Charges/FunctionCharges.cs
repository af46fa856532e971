using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Costs.Charges;

/// <summary>Lambda in a region, kept warm, and at the edge: three price lists.</summary>
internal static class FunctionCharges
{
    private const string FunctionType = "aws:lambda/function:Function";
    private const decimal DefaultMemoryMb = 128;

    public static void Register(ChargeCatalogue catalogue)
    {
        catalogue.Add(FunctionType, Function);
        catalogue.Add("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig", Provisioned);
    }

    /// <summary>Whether a distribution of the plan runs the function.</summary>
    public static bool IsAtEdge(PlannedResource function, ChargeContext context) => context.Plan.OfType(EdgeCharges.DistributionType)
        .Any(distribution => EdgeCharges.RunsLambda(distribution) && distribution.Dependencies.Contains(function.Urn.ToString()));

    private static IEnumerable<Charge> Function(PlannedResource function, ChargeContext context)
    {
        if (IsAtEdge(function, context))
            return AtEdge(function, context);
        if (IsWarm(function, context))
            return Runs(function, context, context.RequestsBy("warm.requestPercent"), "warm.requestPercent", "warm.milliseconds", "provisionedDuration");
        return Runs(function, context, context.Usage.Number($"functions.{function.Name}.runsPerMonth"),
            $"functions.{function.Name}.runsPerMonth", $"functions.{function.Name}.milliseconds", "gbSecond");
    }

    private static IEnumerable<Charge> AtEdge(PlannedResource function, ChargeContext context)
    {
        // Out to the origin and back are two runs.
        var runs = context.RequestsBy("edge.lambdaPercent") * EdgeCharges.EventsOf(function, context);
        var duration = runs * context.Usage.Number("edge.lambdaMilliseconds") / 1000 * MemoryGb(function);
        return
        [
            Charge.ByUsage("Lambda@Edge requests", "lambda.edge.request", runs, "edge.lambdaPercent"),
            Charge.ByUsage("Lambda@Edge duration", "lambda.edge.gbSecond", duration, "edge.lambdaMilliseconds"),
        ];
    }

    private static IEnumerable<Charge> Runs(PlannedResource function, ChargeContext context, decimal? runs, string runsKey, string durationKey, string price) =>
    [
        Charge.ByUsage("Requests", "lambda.request", runs, runsKey),
        Charge.ByUsage("Duration", $"lambda.{Architecture(function)}.{price}", runs * context.Usage.Number(durationKey) / 1000 * MemoryGb(function), durationKey),
    ];

    private static IEnumerable<Charge> Provisioned(PlannedResource setting, ChargeContext context)
    {
        var function = FunctionOf(setting, context);
        var environments = setting.Number("provisionedConcurrentExecutions");
        var architecture = function is null ? "x86" : Architecture(function);
        yield return new Charge($"{environments:0} warm environments", $"lambda.{architecture}.provisioned",
            environments * BillingMonth.Seconds * (function is null ? DefaultMemoryMb / 1024 : MemoryGb(function)))
        {
            UsageKey = "provisionedConcurrentExecutions",
            Note = function is null ? "the function is not in the plan: counted as 128 MB on x86_64" : null,
        };
    }

    private static bool IsWarm(PlannedResource function, ChargeContext context) => context.Plan
        .OfType("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig")
        .Any(setting => FunctionOf(setting, context) == function);

    // The setting may name the function itself or an alias of it.
    private static PlannedResource? FunctionOf(PlannedResource setting, ChargeContext context) => context.DependenciesOf(setting, FunctionType)
        .Concat(context.DependenciesOf(setting, "aws:lambda/alias:Alias").SelectMany(alias => context.DependenciesOf(alias, FunctionType)))
        .FirstOrDefault();

    private static decimal MemoryGb(PlannedResource function) => (function.Number("memorySize") ?? DefaultMemoryMb) / 1024;

    private static string Architecture(PlannedResource function) =>
        function.Items("architectures").Any(item => item is AkiDb.Infra.Plan.Values.TextValue { Value: "arm64" }) ? "arm" : "x86";
}
