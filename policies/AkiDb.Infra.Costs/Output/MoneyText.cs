namespace AkiDb.Infra.Costs.Output;

/// <summary>Dollars as text.</summary>
public static class MoneyText
{
    /// <summary>With cents, e.g. <c>$1,234.50</c>; negative as <c>-$5.00</c>.</summary>
    public static string Cents(decimal usd) => usd < 0 ? $"-{Cents(-usd)}" : FormattableString.Invariant($"${usd:#,0.00}");

    /// <summary>With a sign, e.g. <c>+$5.00</c>.</summary>
    public static string Change(decimal usd) => usd < 0 ? Cents(usd) : $"+{Cents(usd)}";

    /// <summary>A line's money: what depends on usage or has no price says so instead of an amount.</summary>
    public static string Of(Estimates.CostLine line) => line.State switch
    {
        Estimates.LineState.NotPriced => "NOT PRICED",
        Estimates.LineState.DependsOnUsage => "depends on usage",
        // Nothing that is bought in some quantity is shown as nothing.
        _ when line.MonthlyUsd == 0 && line.Quantity > 0 => "$0.00 (free tier or below a cent)",
        _ => Cents(line.MonthlyUsd),
    };
}
