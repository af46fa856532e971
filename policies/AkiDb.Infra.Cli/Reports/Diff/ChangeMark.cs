using AkiDb.Infra.Plan.Diff;

namespace AkiDb.Infra.Cli.Reports.Diff;

/// <summary>How a kind of change looks: a sign, and for terminals a colour; the sign alone is enough.</summary>
internal static class ChangeMark
{
    public static string Of(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => "+",
        ChangeKind.Removed => "-",
        _ => "~",
    };

    public static string Colour(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => "green",
        ChangeKind.Removed => "red",
        _ => "yellow",
    };
}
